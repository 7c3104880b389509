"""What follows a publication and a withdrawal: the index follows what is public."""

from __future__ import annotations

from app.jobs.registry import job
from app.jobs.turns import Progress
from app.search import queries, service


@job("search.index")
def index(progress: Progress, *, edition: int) -> None:
    """Make an edition searchable as readers see it now."""
    service.follow(edition)


@job("search.forget")
def forget(progress: Progress, *, edition: int) -> None:
    """Take a withdrawn edition out, unless it was published again in the meantime."""
    service.follow(edition)


@job("search.rebuild")
def rebuild(progress: Progress) -> None:
    """Write the index anew, a few texts at a time: after a change of what it holds. Everybody can search meanwhile."""
    last = progress.done or 0  # so far came an earlier turn
    while some := queries.concerned(after=last, limit=service.AT_ONCE):
        service.rewrite(some)
        last = some[-1]
        progress.beat(done=last)
    service.tidy()
