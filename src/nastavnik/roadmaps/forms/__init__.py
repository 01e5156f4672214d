"""Forms of roadmaps: HTTP text to values."""
