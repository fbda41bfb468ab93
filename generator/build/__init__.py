"""The tree to a site."""
