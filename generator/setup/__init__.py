"""Ways to get a planet: a new one, another planet's lists, the demo."""
