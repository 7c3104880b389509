"""What happens when photos were published: what the office says of them is written into their files."""

from __future__ import annotations

from app.jobs.registry import job
from app.jobs.turns import Progress
from app.library import service as library
from app.photos import labels, queries


@job("photos.label")
def label(progress: Progress, *, edition: int) -> None:
    """Have the words of a public set written into the files of its photos; may run late, or twice."""
    for master_id in queries.masters_of(edition):
        fields = labels.of_master(master_id)
        if fields is not None:
            library.label(master_id, fields)
