"""Pages of informing."""
