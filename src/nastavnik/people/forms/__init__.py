"""HTTP text to values and back."""
