"""Reads of informing."""
