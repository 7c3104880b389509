"""Feeds: what other machines read. Like every public surface, they ask editorial what is public."""
