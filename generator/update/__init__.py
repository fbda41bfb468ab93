"""Feeds to commits."""
