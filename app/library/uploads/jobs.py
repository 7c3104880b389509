"""What happens later with uploads: a whole one is taken in, a forgotten one is taken away."""

from __future__ import annotations

from datetime import datetime, timedelta

from app import clock
from app.jobs.registry import job, sweeps
from app.jobs.turns import Progress
from app.library.uploads import pieces, queries, rules, service
from app.library.uploads.models import UploadState
from app.storage.keeping import digest_of

STEP = 256 * 1024 * 1024  # bytes between two signs of progress
STRAYS_AFTER = timedelta(days=2)
EVERY = timedelta(minutes=30)
AGAIN_AFTER = timedelta(hours=1)  # after all tries of a job failed: the storage was away for long
_last: list[datetime] = []


# Heavy: it reads, and may carry to a bucket, as much as a film has.
@job(service.TAKE_IN, attempts=10, is_heavy=True)
def take_in(progress: Progress, *, upload_id: int) -> None:
    """Take the checksum of a whole upload, and make it a master."""
    upload = queries.by_id(upload_id)
    if upload is None or upload.state is not UploadState.RECEIVED:
        return
    try:
        if not upload.sha256:
            upload = service.note_digest(upload, _digest(progress, upload.key, upload.size_bytes))
        service.take_in(upload)
    except rules.Lost:
        service.give_up(upload)


def _digest(progress: Progress, key: str, size: int) -> str:
    path = pieces.path_of(key)
    if not path.exists() or path.stat().st_size != size:
        raise rules.Lost
    told = 0

    def tell(done: int) -> None:
        nonlocal told
        if done - told >= STEP:
            told = done
            progress.beat(done, size)

    return digest_of(path, tell)


@sweeps
def take_up_what_is_left() -> None:
    """Owe again the taking in of whole uploads that nobody works at."""
    for upload_id, after in queries.abandoned(service.TAKE_IN, clock.now() - AGAIN_AFTER):
        service.take_up(upload_id, after=after)


@sweeps
def forget_uploads() -> None:
    """Take away what nobody goes on with, and what no upload knows."""
    for upload in queries.over(clock.now()):
        service.sweep_away(upload)
    if not _last or not timedelta() <= clock.now() - _last[0] < EVERY:
        _last[:] = [clock.now()]
        service.sweep_staging(STRAYS_AFTER)
