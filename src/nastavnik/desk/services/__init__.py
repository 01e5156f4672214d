"""Use cases that join several rooms: the team and its orders."""
