"""`nastavnik found`: the first territory of a new installation and the link for its first officer."""

import click

from nastavnik.cli.django import setup


@click.command("found")
@click.option("--name", required=True, help="Название региона или муниципалитета.")
@click.option("--slug", required=True, help="Адрес латинскими буквами, например lesogorsk.")
@click.option(
    "--kind",
    type=click.Choice(["region", "municipality", "federal_city"]),
    default="region",
    help="Вид территории.",
)
@click.option("--surname", required=True, help="Фамилия того, кто будет вести территорию.")
@click.option("--given", required=True, help="Имя.")
@click.option("--patronymic", default="", help="Отчество.")
@click.option("--gender", type=click.Choice(["male", "female"]), required=True, help="Пол.")
def command(
    *, name: str, slug: str, kind: str, surname: str, given: str, patronymic: str, gender: str
) -> None:
    """Основать первую территорию и получить ссылку для входа."""
    setup()
    from django.conf import settings
    from django.urls import reverse
    from django.utils import timezone

    from nastavnik.accounts.actor import system_actor
    from nastavnik.accounts.permissions import Role
    from nastavnik.desk.services.access import invite_to_territory
    from nastavnik.desk.services.territory import found_territory
    from nastavnik.shared.errors import DomainError

    actor = system_actor("Командная строка")
    try:
        territory = found_territory(actor=actor, name=name, slug=slug, kind=kind)
        token = invite_to_territory(
            actor=actor,
            territory=territory,
            role=Role.REGION if kind != "municipality" else Role.COORDINATOR,
            audience="",
            surname=surname,
            given=given,
            patronymic=patronymic,
            gender=gender,
            now=timezone.now(),
            today=timezone.localdate(),
        )
    except DomainError as error:
        raise click.ClickException(error.message) from error
    path = reverse("accounts:invitation", kwargs={"token": token})
    click.echo(f"Территория «{territory.name}» создана.")
    click.echo(f"Ссылка для первого входа (7 дней, один раз): {settings.SITE_URL}{path}")
