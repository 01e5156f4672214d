"""Forms of informing: HTTP text to values."""
