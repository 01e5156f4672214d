"""Pages of matching, pairs, their orders and the programme."""
