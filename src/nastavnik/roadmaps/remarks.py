"""Typical remarks of a coordinator, offered as chips beside every line."""

NOBODY = "Назначьте ответственного."
NO_TERM = "Укажите срок."
TOO_LATE = "Срок позже муниципального, приведите к нему."
TYPICAL = (
    NOBODY,
    NO_TERM,
    TOO_LATE,
    "Верните формулировку шаблона.",
    "Укажите, каким документом подтвердится выполнение.",
    "Пункт убран: верните или объясните.",
)
