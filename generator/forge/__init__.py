"""GitHub: its client, and what the planet says there."""
