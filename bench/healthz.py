"""`/healthz` against a view that answers nothing, both through the whole middleware."""

from bench.frame import Result, compare

REQUESTS = 300


def run() -> Result:
    from nastavnik.cli.django import setup

    setup()
    from django.conf import settings
    from django.contrib.auth.decorators import login_not_required
    from django.http import HttpRequest, HttpResponse
    from django.test import Client
    from django.urls import path

    from nastavnik.config import urls

    @login_not_required
    def trivial(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    urls.urlpatterns.append(path("bench-trivial/", trivial))
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])

    def ask(address: str) -> None:
        for _ in range(REQUESTS):
            if client.get(address).status_code != 200:
                raise RuntimeError(address)

    return compare(
        "healthz",
        floor=lambda: ask("/bench-trivial/"),
        product=lambda: ask("/healthz"),
        n=REQUESTS,
    )
