import pytest


@pytest.mark.django_db
def test_healthz_answers_without_signing_in(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
