"""The reading process: its limits, its answers, and how its end is told."""

import json
import subprocess
import sys

import pytest

from nastavnik.files import apart, child
from nastavnik.files.refusals import FileRefused, Refusals

pytestmark = pytest.mark.unit
SERVE = "import sys; from nastavnik.files.child import serve; sys.exit(serve({}))"
limited = pytest.mark.skipif(
    sys.platform == "win32",
    reason="Windows limits no process: only the parent's clock holds there (ADR 0005)",
)
refuse = Refusals({code: code for code in ("timeout", "much", "damaged", "password")})


def served(reader, seconds=2, data=b"abc"):
    """A process of its own that serves a reader given as source text."""
    return subprocess.run(
        [sys.executable, "-c", SERVE.format(reader), str(seconds)],
        input=data,
        capture_output=True,
        env={"PYTHONPATH": apart._SOURCES},
        check=False,
    )


def judged(done):
    """What the parent would make of the end of that process."""
    try:
        return apart._judged(done.returncode, done.stdout, refuse, "much")
    except FileRefused as refused:
        return refused.code


def test_the_answer_of_the_reader_comes_back():
    assert judged(served("lambda data: [data, data[::-1]]")) == b"abccba"


@limited
def test_memory_above_the_limit_is_too_much():
    assert judged(served("lambda data: [bytes(600 << 20)]")) == "much"


@limited
def test_processor_time_above_the_limit_is_a_timeout():
    assert judged(served("lambda data: [1 for _ in iter(int, 1)]", seconds=1)) == "timeout"


@limited
def test_nothing_can_be_written_to_a_file(tmp_path):
    place = tmp_path / "out"

    done = served(f"lambda data: [b'' for _ in [open({str(place)!r}, 'wb', 0).write(data)]]")

    assert (judged(done), place.read_bytes()) == ("damaged", b"")


@pytest.mark.parametrize(
    ("exit_code", "answer", "expected"),
    [
        (-9, b"", "timeout"),
        (-24, b"", "timeout"),
        (-6, b"", "much"),
        (1, b"", "much"),
        (child.EXIT_TOO_MUCH, b"", "much"),
        (child.EXIT_REFUSED, b'{"code": "password", "place": ""}', "password"),
    ],
)
def test_the_end_of_the_process_names_the_refusal(exit_code, answer, expected):
    with pytest.raises(FileRefused) as refused:
        apart._judged(exit_code, answer, refuse, "much")

    assert refused.value.code == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FileRefused("damaged", "", "a.xml"), {"code": "damaged", "place": "a.xml"}),
        (ValueError("Password protected"), {"code": "password", "place": ""}),
        (KeyError("sheet"), {"code": "damaged", "place": ""}),
        (SystemExit(), {"code": "damaged", "place": ""}),
    ],
)
def test_an_error_of_a_parser_is_a_refusal(error, expected):
    def read(_data):
        raise error

    exit_code, parts = child.settle(read, b"")

    assert (exit_code, json.loads(parts[0])) == (child.EXIT_REFUSED, expected)


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError(), ValueError("Cell limit exceeded (9)")]
)
def test_a_parser_that_wants_too_much_has_no_words(error):
    def read(_data):
        raise error

    assert child.settle(read, b"") == (child.EXIT_TOO_MUCH, [])


def test_secrets_of_the_web_process_stay_out(monkeypatch):
    monkeypatch.setenv("NASTAVNIK_SECRET_KEY", "only ours")

    known = {"PATH", "SYSTEMROOT", "TEMP", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    assert set(apart._environment()) - known == set()
