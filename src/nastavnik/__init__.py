"""One self-hosted system for the target model of mentoring in education."""

__version__ = "0.1.0"
