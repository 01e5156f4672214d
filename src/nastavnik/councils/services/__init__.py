"""Use cases of councils: each function is one, keyword-only, atomic and audited."""
