"""Where texts are: what begins the public addresses of each type, below the language."""

from __future__ import annotations

# The type of text at /<language>/<segment>/<path>, by its segment. Each section says its own.
PLACES: dict[str, str] = {}
