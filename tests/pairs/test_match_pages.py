"""«Подбор»: reviewing, deciding with a reason, undoing, the history of runs."""

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.matching.engine.weights import DEFAULT_WEIGHTS, MUST
from nastavnik.matching.models import MatchChange, MatchRule, MatchRun, Prefer, RunState
from nastavnik.pairs.models import AnswerWay, Pair
from nastavnik.pairs.services.answers import answer
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import grant, make_user
from tests.pairs.making import CURATOR, entry_with_wish, plain_entry, propose, ready_pair
from tests.people_making import DAY, give_consents, make_mentee, make_mentor


def url(name, school, **more):
    return reverse(f"pairs:{name}", kwargs={"org": school.slug, **more})


def decide(client, school, mentee, mentor, what, **words):
    page = url("match-decide", school, mentee_id=mentee.pk, mentor_id=mentor.pk)
    return client.post(page, {"what": what, "reason": "так решили", **words})


def propose_by_page(client, school) -> None:
    assert client.post(url("match-propose", school)).status_code == 302


def test_proposal_is_made_reviewed_and_accepted(as_curator, school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    propose_by_page(as_curator, school)
    assert "Белова" in as_curator.get(url("match", school)).content.decode()

    page_answer = as_curator.post(url("match-accept", school), {"mentee": mentee.pk})

    assert page_answer.url == f"{url('match', school)}#m{mentee.pk}"
    pair = Pair.objects.get()
    assert (pair.mentor_id, pair.source, pair.state) == (mentor.pk, "proposal", "proposed")
    assert pair.fit_0_100 == sum(part["points"] for part in pair.reasons)
    assert "Принята" in as_curator.get(url("match", school)).content.decode()


def test_accepting_twice_makes_one_pair(as_curator, school):
    mentee = make_mentee(school)
    make_mentor(school)
    propose_by_page(as_curator, school)
    for _ in range(2):
        as_curator.post(url("match-accept", school), {"mentee": mentee.pk})
    assert Pair.objects.count() == 1


def test_cut_off_accepts_only_what_reaches_it(as_curator, school):
    make_mentee(school)
    make_mentor(school)
    propose_by_page(as_curator, school)
    as_curator.post(url("match-accept-all", school), {"least_fit": "100"})
    assert Pair.objects.count() == 0
    as_curator.post(url("match-accept-all", school), {"least_fit": "0"})
    assert Pair.objects.count() == 1


def test_group_is_made_of_proposals_of_one_mentor(as_curator, school):
    for surname in ("Иванова", "Петрова"):
        make_mentee(school, surname)
    mentor = make_mentor(school, capacity=2)
    propose_by_page(as_curator, school)
    as_curator.post(url("match-group", school), {"mentor": mentor.pk})
    pair = Pair.objects.get()
    assert (pair.is_group, pair.kinds, pair.members.count()) == (True, ["group"], 2)


def test_accepting_is_taken_back(as_curator, school):
    mentee = make_mentee(school)
    make_mentor(school)
    propose_by_page(as_curator, school)
    as_curator.post(url("match-accept", school), {"mentee": mentee.pk})
    as_curator.post(url("match-take-back", school), {"mentee": mentee.pk})
    assert Pair.objects.get().state == "declined"
    assert as_curator.get(url("match", school)).context["suggestions"][0].is_open


def test_another_mentor_is_chosen_with_a_reason(as_curator, school):
    mentee = make_mentee(school)
    make_mentor(school)
    make_mentor(school, "Котова")
    propose_by_page(as_curator, school)
    proposed = as_curator.get(url("match", school)).context["suggestions"][0].mentor
    listed = as_curator.get(url("match-options", school, mentee_id=mentee.pk))
    other = listed.context["rivals"][0].mentor

    decide(as_curator, school, mentee, other, "choose", typical="Просьба семьи", reason="")

    shown = as_curator.get(url("match", school)).context["suggestions"][0]
    assert (shown.mentor, shown.is_locked, shown.choice.reason) == (other, True, "Просьба семьи")
    undo = url("match-undo-change", school, pk=MatchChange.objects.get().pk)
    assert as_curator.post(undo, {"reason": " "}).status_code == 422
    as_curator.post(undo, {"typical": "Семья передумала"})
    assert MatchChange.objects.get().undone_why == "Семья передумала"
    back = as_curator.get(url("match", school)).context["suggestions"][0]
    assert (back.mentor, back.is_locked) == (proposed, False)


def test_chosen_mentor_is_the_one_accepted(as_curator, school):
    mentee = make_mentee(school)
    mentors = [make_mentor(school), make_mentor(school, "Котова")]
    propose_by_page(as_curator, school)
    proposed = as_curator.get(url("match", school)).context["suggestions"][0].mentor
    other = next(m for m in mentors if m.pk != proposed.pk)
    decide(as_curator, school, mentee, other, "choose")
    as_curator.post(url("match-accept", school), {"mentee": mentee.pk})
    assert Pair.objects.get().mentor_id == other.pk


@pytest.mark.parametrize("what", ["lock", "forbid"])
def test_a_decision_without_a_reason_is_refused(as_curator, school, what):
    mentee, mentor = make_mentee(school), make_mentor(school)
    propose_by_page(as_curator, school)
    page_answer = decide(as_curator, school, mentee, mentor, what, reason=" ")
    assert (page_answer.status_code, MatchRule.objects.count()) == (422, 0)
    assert "напишите её в двух словах" in page_answer.content.decode()


def test_locked_pair_stays_in_the_next_run(as_curator, school):
    first, second = make_mentee(school, "Иванова"), make_mentee(school, "Петрова")
    mentor = make_mentor(school, capacity=1)
    propose_by_page(as_curator, school)
    left = as_curator.get(url("match", school)).context["suggestions"][0].mentee
    other = second if left.pk == first.pk else first
    page = url("match-decide", school, mentee_id=other.pk, mentor_id=mentor.pk)
    assert "Закрепить и пересчитать остальных" in as_curator.get(page).content.decode()

    page_answer = decide(as_curator, school, other, mentor, "anew")

    runs = list(MatchRun.objects.order_by("id"))
    assert page_answer.url == url("match-compare", school, first=runs[0].pk, second=runs[1].pk)
    assert [e["mentee"] for e in runs[1].result["chosen"]] == [other.pk]
    assert as_curator.get(page_answer.url).context["comparison"].differ == 2


def test_forbidden_combination_is_not_proposed_again(as_curator, school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    propose_by_page(as_curator, school)
    decide(as_curator, school, mentee, mentor, "forbid", reason="родственники")
    propose_by_page(as_curator, school)
    page = as_curator.get(url("match", school))
    assert page.context["total"] == 0
    assert page.context["left"][0].reason.startswith("Никто не подходит: вы просили")
    undo = url("match-undo", school, pk=MatchRule.objects.get().pk)
    assert "родственники" in as_curator.get(undo).content.decode()
    assert (as_curator.post(undo).status_code, MatchRule.objects.count()) == (422, 1)
    as_curator.post(undo, {"reason": "однофамильцы"})
    assert MatchRule.objects.count() == 0
    assert MatchChange.objects.get().undone_why == "однофамильцы"
    assert AuditEvent.objects.get(action="matching.rule_drop").reason == "однофамильцы"


def test_why_not_names_the_rule_in_the_way(as_curator, school):
    mentee, _ = make_mentee(school), make_mentor(school)
    strict = make_mentor(school, "Строгая")
    strict.wanted_age_from = 17
    strict.save()
    propose_by_page(as_curator, school)
    page = url("match-decide", school, mentee_id=mentee.pk, mentor_id=strict.pk)
    assert "Так составить нельзя" in as_curator.get(page).content.decode()
    assert decide(as_curator, school, mentee, strict, "choose").status_code == 422


def test_weights_out_of_range_or_all_zero_are_refused(as_curator, school):
    nothing = dict.fromkeys(DEFAULT_WEIGHTS, 0)
    page_answer = as_curator.post(url("match-propose", school), nothing)
    assert page_answer.status_code == 422
    assert "Хотя бы одна часть" in page_answer.content.decode()
    page_answer = as_curator.post(url("match-propose", school), nothing | {"age": 12})
    assert page_answer.status_code == 422
    assert "от 0 до 10" in page_answer.content.decode()


def test_run_repeats_to_the_byte_and_a_spoiled_one_does_not(as_curator, school):
    for number in range(3):
        make_mentee(school, f"Юдина{number}")
        make_mentor(school, f"Белова{number}")
    propose_by_page(as_curator, school)
    run = MatchRun.objects.get()
    as_curator.post(url("match-repeat", school, pk=run.pk))
    run.refresh_from_db()
    assert run.repeated_equal is True

    run.result["chosen"][0]["fit"] += 1
    run.save()
    as_curator.post(url("match-repeat", school, pk=run.pk))
    run.refresh_from_db()
    assert run.repeated_equal is False


def test_variant_is_compared_and_taken(as_curator, school):
    make_mentee(school)
    make_mentor(school)
    propose_by_page(as_curator, school)
    run = MatchRun.objects.get()
    page_answer = as_curator.post(url("match-variant", school, pk=run.pk), {"prefer": Prefer.TOTAL})
    made = MatchRun.objects.exclude(pk=run.pk).get()
    assert (made.is_current, made.problem == run.problem) == (False, True)
    assert as_curator.get(page_answer.url).context["comparison"].differ == 0
    as_curator.post(url("match-take", school, pk=made.pk))
    assert list(MatchRun.objects.filter(is_current=True)) == [made]


def test_large_problem_is_computed_by_the_worker(as_curator, school, monkeypatch):
    monkeypatch.setattr("nastavnik.matching.solving.LARGE_MENTEES", 1)
    for number in range(2):
        make_mentee(school, f"Юдина{number}")
    make_mentor(school, capacity=2)
    page_answer = as_curator.post(url("match-propose", school))
    run = MatchRun.objects.get()
    assert page_answer.url in {
        f"{url('match', school)}#proposals",
        url("match-run", school, pk=run.pk),
    }
    assert (run.state, run.is_current, len(run.result["chosen"])) == (RunState.DONE, True, 2)


def test_progress_of_a_waiting_run_is_shown_and_it_can_be_stopped(as_curator, school):
    run = MatchRun(organisation=school, created_by="Куратор", state=RunState.QUEUED)
    run.save()
    page = as_curator.get(url("match", school))
    assert page.context["unfinished"] == run
    assert as_curator.post(url("match-propose", school)).status_code == 422
    as_curator.post(url("match-stop", school, pk=run.pk))
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    polled = as_curator.get(url("match-run", school, pk=run.pk), headers={"HX-Request": "true"})
    assert polled["HX-Refresh"] == "true"


@pytest.mark.parametrize("name", ["match-left", "match-changes", "match-runs"])
def test_rooms_of_the_review_open(as_curator, school, name):
    make_mentee(school)
    make_mentor(school)
    propose_by_page(as_curator, school)
    assert as_curator.get(url(name, school)).status_code == 200


def test_foreign_people_and_runs_are_missing(as_curator, school, neighbours):
    mentee = make_mentee(school)
    own = make_mentor(school)
    propose_by_page(as_curator, school)
    with scope({neighbours.sibling.pk}):
        foreign = make_mentee(neighbours.sibling, "Чужая")
        stranger = make_mentor(neighbours.sibling)
        run = MatchRun(organisation=neighbours.sibling, created_by="Чужой")
        run.save()
    assert decide(as_curator, school, foreign, own, "forbid").status_code == 404
    assert decide(as_curator, school, mentee, stranger, "forbid").status_code == 404
    for name in ("match-stop", "match-repeat", "match-take", "match-variant"):
        assert as_curator.post(url(name, school, pk=run.pk)).status_code == 404
    page_answer = as_curator.post(url("match-accept", school), {"mentee": foreign.pk})
    assert (page_answer.status_code, Pair.objects.count()) == (404, 0)


@pytest.mark.parametrize("count", [2, 12])
def test_review_costs_the_same_for_any_number_of_people(as_curator, school, count):
    for number in range(count):
        make_mentor(school, f"Белова{number}", capacity=2)
        make_mentee(school, f"Юдина{number}")
    ready_pair(school, mentor=make_mentor(school, "Зуева"))
    propose_by_page(as_curator, school)
    as_curator.get(url("match", school))
    with exactly(9):
        as_curator.get(url("match", school))


def test_a_pair_that_was_refused_is_not_proposed_again(as_curator, school):
    pair = propose(school)
    reply = pair.answers.first()
    answer(actor=CURATOR, reply=reply, is_yes=False, way=AnswerWay.SPOKEN, on=DAY)
    propose_by_page(as_curator, school)
    left = as_curator.get(url("match", school)).context["left"]
    assert "уже ответил «нет»" in left[0].reason


@pytest.mark.parametrize(("role", "is_told"), [(Role.CURATOR, True), (Role.HEAD, False)])
def test_whose_wish_it_was_is_told_to_the_curator_only(client, office, school, role, is_told):
    mentee = make_mentee(school)
    make_mentor(school)
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    wish = {"code": "wish", "points": 9, "most": 17, "facts": ["mentee:1"]}
    run.result["chosen"][0]["parts"].append(wish)
    refused = {"mentee": mentee.pk, "reason": "not_with", "rules": [["not_with", 1]]}
    run.result["unmatched"] = [refused | {"certificate": None}]
    run.save()
    user = make_user("reader")
    grant(user, role, school)
    client.force_login(user)
    page = client.get(url("match", school)).content.decode()
    told = ("наставляемый выбрал первым" in page, "просил не ставить их вместе" in page)
    assert told == (is_told, is_told)
    assert ("эту пару исключил куратор" in page) is not is_told


def test_points_of_wishes_are_the_curators_alone(client, office, school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    other = make_mentor(school, "Котова")
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    run.result["chosen"] = [entry_with_wish(mentee, mentor)]
    run.result["options"] = {
        str(mentee.pk): [entry_with_wish(mentee, mentor), plain_entry(mentee, other)]
    }
    run.save()
    seen = {}
    for role in (Role.CURATOR, Role.HEAD):
        user = make_user(f"reader-{role}")
        grant(user, role, school)
        client.force_login(user)
        item = client.get(url("match", school)).context["suggestions"][0]
        seen[role] = (
            item.fit,
            [(s.number, s.width) for s in item.slices],
            item.rivals[0].difference,
        )
    assert seen == {
        Role.CURATOR: (65, [(1, 35), (2, 20), (4, 10)], "выбор друг друга −35"),
        Role.HEAD: (46, [(2, 31), (4, 15)], ""),
    }


def test_a_pair_keeps_no_points_of_wishes(as_curator, school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    run.result["chosen"] = [entry_with_wish(mentee, mentor)]
    run.save()

    as_curator.post(url("match-accept", school), {"mentee": mentee.pk})

    pair = Pair.objects.get()
    assert (pair.fit_0_100, [p["code"] for p in pair.reasons]) == (46, ["competence", "time"])
    pair.fit_0_100, pair.reasons = (
        65,
        [p | {"text": "слова"} for p in entry_with_wish(mentee, mentor)["parts"]],
    )
    pair.save()  # as earlier versions kept it
    card = as_curator.get(url("card", school, pk=pair.pk))
    assert (card.context["fit"], [s.number for s in card.context["slices"]]) == (46, [2, 4])


def test_papers_become_a_condition_and_those_left_out_are_named(as_curator, school):
    ready, without = make_mentee(school, "Первая"), make_mentee(school, "Вторая")
    mentor, unready = make_mentor(school), make_mentor(school, "Котова")
    for person in (ready.person, mentor.person):
        give_consents(person)

    as_curator.post(url("match-propose", school), DEFAULT_WEIGHTS | {"needs_papers": "on"})

    page = as_curator.get(url("match", school))
    run = MatchRun.objects.get()
    assert [(e["mentee"], e["mentor"]) for e in run.result["chosen"]] == [(ready.pk, mentor.pk)]
    assert run.result["left_out"] == {"mentees": [without.pk], "mentors": [unready.pk]}
    assert page.context["mentors_out"] == [unready.person]
    assert page.context["left"][0].reason.startswith(
        "Никто не подходит: согласия наставляемого ещё не действуют"
    )
    assert page.context["weights_form"].initial == {"needs_papers": True}
    propose_by_page(as_curator, school)
    assert MatchRun.objects.first().needs_papers is True
    as_curator.post(url("match-propose", school), DEFAULT_WEIGHTS)
    assert (
        MatchRun.objects.first().needs_papers,
        len(MatchRun.objects.first().result["chosen"]),
    ) == (
        False,
        2,
    )


def test_a_mentor_whose_places_are_accepted_cannot_be_recounted(as_curator, school):
    mentees = [make_mentee(school, name) for name in ("Иванова", "Петрова")]
    mentors = [make_mentor(school, name, capacity=1) for name in ("Белова", "Котова")]
    propose_by_page(as_curator, school)
    chosen = {e["mentee"]: e["mentor"] for e in MatchRun.objects.get().result["chosen"]}
    first, second = mentees
    taken = next(m for m in mentors if m.pk == chosen[first.pk])
    as_curator.post(url("match-accept", school), {"mentee": first.pk})

    page = as_curator.get(url("match-decide", school, mentee_id=second.pk, mentor_id=taken.pk))
    options = as_curator.get(url("match-options", school, mentee_id=second.pk))

    assert [code for code, _ in page.context["form"].fields["what"].choices] == ["forbid"]
    assert "сначала отмените принятие" in page.content.decode()
    assert [(rival.mentor, rival.is_taken) for rival in options.context["rivals"]] == [
        (taken, True)
    ]


def test_decided_and_waiting_proposals_are_shown_apart(as_curator, school):
    mentees = [make_mentee(school, name) for name in ("Иванова", "Петрова")]
    make_mentor(school, capacity=2)
    propose_by_page(as_curator, school)

    answer_page = as_curator.post(
        url("match-accept", school), {"mentee": mentees[0].pk, "show": "open", "page": "1"}
    )

    assert answer_page.url == f"{url('match', school)}?show=open&page=1#cards"
    seen = {
        show: [
            s.mentee
            for s in as_curator.get(url("match", school), {"show": show}).context["suggestions"]
        ]
        for show in ("open", "accepted")
    }
    assert seen == {"open": [mentees[1]], "accepted": [mentees[0]]}
    page = as_curator.get(url("match", school))
    assert [(chip["title"], chip["count"]) for chip in page.context["chips"]] == [
        ("Все", 2),
        ("Решить", 1),
        ("Принятые", 1),
    ]


def test_runs_tell_their_weights_and_what_differs(as_curator, school):
    make_mentee(school)
    make_mentor(school)
    propose_by_page(as_curator, school)
    as_curator.post(url("match-propose", school), DEFAULT_WEIGHTS | {"age": MUST})
    first, second = MatchRun.objects.order_by("id")
    told = as_curator.get(url("match-run", school, pk=second.pk)).context["weights"]
    assert ("возраст подходит", "обязательно") in told
    page = as_curator.get(url("match-compare", school, first=first.pk, second=second.pk))
    assert page.context["weights"] == [("возраст подходит", "3", "обязательно")]
    assert "в первом 3, во втором обязательно" in page.content.decode()
