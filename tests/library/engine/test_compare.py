import pytest

from nastavnik.library.engine.compare import closeness

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("request_code", "topic", "competence", "expected"),
    [
        ("study", "math", "math", 1.0),
        ("resilience", "stage", "public-speaking", 0.6),
        ("study", "math", "motivation", 0.4),
        ("study", "", "motivation", 1.0),
        ("study", "math", "dance", 0.0),
        ("unknown", "", "math", 0.0),
    ],
)
def test_closeness(request_code: str, topic: str, competence: str, expected: float) -> None:
    assert closeness(request_code, topic, competence) == expected
