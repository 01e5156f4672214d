"""The informing campaign: who was told, by which protocol, and who answered «хочу участвовать»."""
