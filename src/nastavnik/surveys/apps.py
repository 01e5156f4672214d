from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "nastavnik.surveys"
    label = "surveys"
    verbose_name = "Опросы"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.people import news  # noqa: PLC0415 -- models load after the app
        from nastavnik.surveys import evidence, rooms  # noqa: PLC0415 -- models load after the app
        from nastavnik.surveys.services import withdrawal  # noqa: PLC0415 -- models load after the app

        evidence.register_all()
        rooms.register_rooms()
        news.listen(withdrawal.on_papers_changed)
