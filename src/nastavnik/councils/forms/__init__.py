"""Forms of councils: HTTP text to values."""
