from django.urls import path

from nastavnik.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("login/demo/", views.demo_entry, name="demo"),
    path("invite/<str:token>/", views.accept_invitation, name="invitation"),
]
