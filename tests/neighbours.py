"""Two neighbouring institutions with data that could leak; every name is fictional."""

from dataclasses import dataclass
from datetime import date

from nastavnik.accounts.actor import Actor, system_actor
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.tenancy.models import Organisation, Territory


@dataclass(frozen=True)
class Neighbours:
    """A region with two municipalities; `own` and `sibling` share one, `far` lies in the other."""

    region: Territory
    own: Organisation
    sibling: Organisation
    far: Organisation


def make_territory(slug: str, parent: Territory | None = None) -> Territory:
    kind = "municipality" if parent else "region"
    return Territory.objects.create(kind=kind, name=f"Территория {slug}", slug=slug, parent=parent)


def make_organisation(slug: str, territory: Territory, kind: str = "school") -> Organisation:
    return Organisation.objects.create(
        territory=territory,
        kind=kind,
        slug=slug,
        short_name=f"Школа {slug}",
        full_name=f"Муниципальное бюджетное общеобразовательное учреждение «Школа {slug}»",
        city="город Лесореченск",
        head_surname="Зотов",
        head_given="Игорь",
        head_patronymic="Павлович",
        head_gender="male",
    )


def make_neighbours() -> Neighbours:
    region = make_territory("region")
    first, second = make_territory("first", region), make_territory("second", region)
    return Neighbours(
        region=region,
        own=make_organisation("own", first),
        sibling=make_organisation("sibling", first),
        far=make_organisation("far", second),
    )


def make_user(login: str, **fields: str) -> User:
    names = {"surname": "Лещёва", "given": "Ольга", "patronymic": "Викторовна"} | fields
    return User.objects.create_user(login, "проверочный-пароль-1", **names)


def grant(user: User, role: Role, node: Organisation | Territory) -> RoleGrant:
    place = {"organisation": node} if isinstance(node, Organisation) else {"territory": node}
    return RoleGrant.objects.create(user=user, role=role, starts_on=date(2020, 9, 1), **place)


def actor_as(*roles: Role, label: str = "Лещёва Ольга Викторовна") -> Actor:
    return Actor(user_id=None, label=label, roles=frozenset(roles))


SYSTEM = system_actor()
