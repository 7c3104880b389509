"""Desk: the press office's front page, its running work, and an officer's own settings."""
