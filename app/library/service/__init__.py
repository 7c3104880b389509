"""What can be done in the library: ``pictures`` of texts, and ``preparing``: how masters become what pages show."""

from app.library.service.pictures import add_picture
from app.library.service.preparing import choose_poster, label, retry

__all__ = ["add_picture", "choose_poster", "label", "retry"]
