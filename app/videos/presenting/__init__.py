"""What a template is given of a video: plain values, worked out once.

``pages`` is a video as its page shows it, ``shots`` the lines of its shotlist, ``selecting`` the passage that was
chosen of it, ``technical`` what is known of its file.
"""

from app.videos.presenting.pages import Page, address, draft, page
from app.videos.presenting.selecting import selection
from app.videos.presenting.shots import Line, restriction_line, shot_line
from app.videos.presenting.technical import file_name

__all__ = [
    "Line",
    "Page",
    "address",
    "draft",
    "file_name",
    "page",
    "restriction_line",
    "selection",
    "shot_line",
]
