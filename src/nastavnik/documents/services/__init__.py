"""Use cases of documents: each function is one, keyword-only, atomic and audited."""

from nastavnik.documents.services.drafts import (
    drop_draft,
    prepare_document,
    return_document,
    send_to_sign,
    update_draft,
)
from nastavnik.documents.services.journals import ensure_journals, note_export, set_next_number
from nastavnik.documents.services.signing import (
    BatchRow,
    add_scan,
    checks_of,
    sign_batch,
    sign_document,
)
from nastavnik.documents.services.templates import (
    activate_template,
    check_upload,
    retire_template,
    upload_template,
)

__all__ = [
    "BatchRow",
    "activate_template",
    "add_scan",
    "check_upload",
    "checks_of",
    "drop_draft",
    "ensure_journals",
    "note_export",
    "prepare_document",
    "retire_template",
    "return_document",
    "send_to_sign",
    "set_next_number",
    "sign_batch",
    "sign_document",
    "update_draft",
    "upload_template",
]
