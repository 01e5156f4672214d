"""Night work over every organisation: papers that ended, pairs that must follow them."""

import click


@click.command("nightly")
@click.option("--json", "as_json", is_flag=True, help="Вывод для программ.")
def command(*, as_json: bool) -> None:
    """Ночная работа: истёкшие согласия и справки, приостановка и возврат пар."""
    import json

    from nastavnik.cli.django import setup

    setup()
    from django.utils import timezone

    from nastavnik.pairs.services.night import every_organisation

    total = every_organisation(on=timezone.localdate())
    if as_json:
        click.echo(json.dumps(total))
        return
    click.echo(
        f"Учреждений: {total['organisations']}, истекло согласий: {total['consents']}, "
        f"справок: {total['certificates']}, изменилось пар: {total['pairs']}, "
        f"передано на сопровождение: {total['supported']}, "
        f"стёрто записей желающих: {total['erased_slips']}"
    )
