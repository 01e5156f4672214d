"""Councils, working and creative groups: composition by order, plan, sittings, protocols."""
