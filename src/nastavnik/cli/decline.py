"""`nastavnik decline`: a name or a post in all six cases."""

import json
from typing import NoReturn

import click

from nastavnik.documents.engine.grammar import (
    Case,
    Forms,
    Gender,
    GrammarError,
    decline_name,
    decline_phrase,
    guess_gender,
    parse_name,
)

CASE_LABELS = {
    Case.NOMINATIVE: "именительный",
    Case.GENITIVE: "родительный",
    Case.DATIVE: "дательный",
    Case.ACCUSATIVE: "винительный",
    Case.INSTRUMENTAL: "творительный",
    Case.PREPOSITIONAL: "предложный",
}
GENDER_LABELS = {Gender.MALE: "мужской", Gender.FEMALE: "женский"}
GENDER_NEEDED = "По имени «{name}» нельзя определить пол. Повторите команду с --gender male или --gender female."
USAGE_ERROR = 2


@click.command(help="Просклонять фамилию, имя и отчество (или должность) по шести падежам.")
@click.argument("text")
@click.option(
    "--gender", type=click.Choice([gender.value for gender in Gender]), help="Пол человека."
)
@click.option("--phrase", is_flag=True, help="Это должность или организация, а не имя.")
@click.option("--json", "as_json", is_flag=True, help="Вывести ответ в виде JSON.")
def decline(text: str, gender: str | None, *, phrase: bool, as_json: bool) -> None:
    """Print the six forms; an unknown gender is asked for, never guessed."""
    if phrase:
        forms = decline_phrase(text)
        _print_forms(forms[Case.NOMINATIVE], None, forms, as_json=as_json)
        return
    try:
        name = parse_name(text)
    except GrammarError as error:
        _refuse(text, str(error), as_json=as_json)
    known = Gender(gender) if gender else guess_gender(name)
    if known is None:
        _refuse(name.full, GENDER_NEEDED.format(name=name.full), as_json=as_json)
    _print_forms(name.full, known, decline_name(name, known), as_json=as_json)


def _print_forms(name: str, gender: Gender | None, forms: Forms, *, as_json: bool) -> None:
    if as_json:
        answer = {"name": name, "gender": gender, "cases": forms}
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    if gender:
        click.echo(f"{'пол':<13} {GENDER_LABELS[gender]}")
    for case, text in forms.items():
        click.echo(f"{CASE_LABELS[case]:<13} {text}")


def _refuse(name: str, message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        answer = {"name": name, "gender": None, "cases": None, "error": message}
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    raise click.exceptions.Exit(USAGE_ERROR)


command = decline
