"""Use cases of group meetings: each function is one, keyword-only, atomic and audited."""
