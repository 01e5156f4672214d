"""Use cases of roadmaps: each function is one, keyword-only, atomic and audited."""
