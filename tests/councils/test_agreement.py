"""A council that agrees a roadmap: its protocol is chosen, not typed again."""

from django.test import Client

from nastavnik.roadmaps.models import RoadmapState
from nastavnik.roadmaps.services import states
from tests.councils.making import held, protocol, working
from tests.pairs.making import sign
from tests.people_making import DAY
from tests.roadmaps.making import CURATOR, line, make_roadmap


def test_protocol_of_a_sitting_is_offered(school, curator, client: Client) -> None:
    paper = protocol(school, held(working(school, "pedagogical")))
    sign(paper)
    roadmap = states.send_to_agreement(
        actor=CURATOR,
        roadmap=make_roadmap(school, line("Собрать базу", "до 30.11.2026")),
        by="council",
        council="педагогический совет",
    )
    client.force_login(curator, "nastavnik.accounts.backend.PasswordBackend")
    address = f"/o/own/roadmap/{roadmap.pk}/agreed/"
    shown = client.get(address).content.decode()
    assert "Педагогический совет, заседание 10.11.2026, протокол № 1" in shown
    empty = client.post(address, {"sitting": ""})
    assert empty.status_code == 422
    client.post(address, {"sitting": str(paper.pk)})
    roadmap.refresh_from_db()
    assert (roadmap.state, roadmap.protocol_number, roadmap.protocol_on) == (
        RoadmapState.AGREED,
        "1",
        DAY,
    )
