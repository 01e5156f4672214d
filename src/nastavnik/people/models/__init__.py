"""Persons, their roles in the programme, their papers, and how they came in."""

from nastavnik.people.models.imports import ImportBatch, ImportRow, ImportState
from nastavnik.people.models.loans import LoanCall, LoanRequest, LoanState, SaidWay
from nastavnik.people.models.papers import (
    Certificate,
    CertificateKind,
    CertificateState,
    Consent,
    ConsentKind,
    ConsentState,
)
from nastavnik.people.models.person import Category, Gender, Person, Representative
from nastavnik.people.models.profiles import (
    MenteeProfile,
    MenteeRequest,
    MenteeState,
    MentorCompetence,
    MentorProfile,
    MentorState,
)
from nastavnik.people.models.selection import SelectionCase, SelectionDecision
from nastavnik.people.models.support import Support, SupportTalk

__all__ = [
    "Category",
    "Certificate",
    "CertificateKind",
    "CertificateState",
    "Consent",
    "ConsentKind",
    "ConsentState",
    "Gender",
    "ImportBatch",
    "ImportRow",
    "ImportState",
    "LoanCall",
    "LoanRequest",
    "LoanState",
    "MenteeProfile",
    "MenteeRequest",
    "MenteeState",
    "MentorCompetence",
    "MentorProfile",
    "MentorState",
    "Person",
    "Representative",
    "SaidWay",
    "SelectionCase",
    "SelectionDecision",
    "Support",
    "SupportTalk",
]
