"""Pages of group meetings."""
