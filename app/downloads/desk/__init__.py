"""Where officers see what was taken: ``of_text`` of one text, whom they can tell of a fault, ``overview`` of all."""

from app.downloads.beside import downloads
from app.downloads.desk import of_text, overview
from app.downloads.desk.door import desk

__all__ = ["desk", "downloads", "of_text", "overview"]
