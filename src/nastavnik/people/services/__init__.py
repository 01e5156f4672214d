"""What happens to people; one function is one use case."""
