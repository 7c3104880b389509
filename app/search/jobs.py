"""What follows a publication and a withdrawal: the index follows what is public."""

from __future__ import annotations

from app.jobs.registry import job
from app.jobs.turns import Progress
from app.search import service


@job("search.index")
def index(progress: Progress, *, edition: int) -> None:
    """Make an edition searchable as readers see it now."""
    service.follow(edition)


@job("search.forget")
def forget(progress: Progress, *, edition: int) -> None:
    """Take a withdrawn edition out, unless it was published again in the meantime."""
    service.follow(edition)
