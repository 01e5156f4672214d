from django.urls import path

from nastavnik.shared import views

app_name = "shared"

urlpatterns = [
    path("display/", views.display, name="display"),
    path("more/", views.more, name="more"),
    path("kit/", views.kit, name="kit"),
]
