"""Where officers keep contacts, subjects and the words of the house."""

from app.directory.desk import cards, words
from app.directory.desk.door import desk

__all__ = ["cards", "desk", "words"]
