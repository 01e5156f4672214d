from django.apps import AppConfig


class RoadmapsConfig(AppConfig):
    name = "nastavnik.roadmaps"
    label = "roadmaps"
    verbose_name = "Дорожные карты"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from nastavnik.audit.changes import listen  # noqa: PLC0415 -- models load after the app
        from nastavnik.documents.effects import DocumentEffects, register  # noqa: PLC0415
        from nastavnik.roadmaps import catalogue, papers, rooms  # noqa: PLC0415
        from nastavnik.roadmaps.services import approval, evidence  # noqa: PLC0415

        rooms.register_all()
        papers.register_all()
        catalogue.lend_to_library()
        listen(evidence.after_change, quiet=evidence.QUIET)
        register(
            approval.ORDER_ROADMAP,
            DocumentEffects(
                checks=approval.check_order,
                on_sign=approval.approve,
                on_cancel=approval.disapprove,
                on_drop=approval.let_go,
                links=approval.links,
            ),
        )
