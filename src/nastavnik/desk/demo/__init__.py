"""The demonstration's fictional region: places, people and a year and a half of their work.

Everybody and everything in it is invented. The same day gives the same people, pairs and papers;
only the secret tokens of links differ.
"""
