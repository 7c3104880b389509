"""What can be done with uploads."""

from __future__ import annotations

import contextlib
import secrets
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.acts import act
from app.audit.log import record
from app.database import db
from app.jobs.ledger import announce, owe
from app.library.models import Master, MasterState, MediaKind
from app.library.service import preparing
from app.library.studio.kinds import HEAD
from app.library.uploads import pieces, queries, rules
from app.library.uploads.models import Upload, UploadState
from app.refusals import Missing, Refusal
from app.storage import keeping
from app.storage.contract import content_key
from app.storage.store import store
from app.text.filenames import harmless

TAKE_IN = "library.take_in"


def begin(name: str, size: int, *, fingerprint: str = "", by: Account) -> Upload:
    """Begin an upload of ``size`` bytes that ``by`` calls ``name``; nothing of it has come yet.

    Raises Empty, TooLarge, TooManyOpen, or NoRoom when what is still to come of all uploads would leave less of the
    disk free than the office keeps.
    """
    rules.check_size(size, current_app.config)
    keeping.check_room(size + queries.owed_bytes())
    key = secrets.token_hex(16)
    pieces.begin(key)
    try:
        return _begin(key, harmless(name), size, rules.fingerprint(fingerprint), by=by)
    except BaseException:
        pieces.remove(key)
        raise


@act
def _begin(key: str, name: str, size: int, fingerprint: str, *, by: Account) -> Upload:
    if queries.open_ones(by) >= rules.MOST_OPEN:
        raise rules.TooManyOpen
    now = clock.now()
    upload = Upload(
        key=key, account_id=by.id, name=name, fingerprint=fingerprint, size_bytes=size, begun_at=now,
        expires_at=now + _patience(),
    )  # fmt: skip
    db.session.add(upload)
    db.session.flush()
    return upload


def receive(upload: Upload, offset: int, content: BinaryIO, *, sha256: bytes | None = None) -> Upload:
    """Add the piece in ``content`` at ``offset``; a connection that breaks off leaves what had come.

    With the first piece it is looked at what the file is. Raises WrongOffset, Ended, InUse, Lost, Spoiled (of the
    piece: nothing of it counts), and, the upload being over then, NotTaken or TooLarge.
    """
    upload_id, key = upload.id, upload.key
    with pieces.alone_with(key) as alone:
        upload = _now(upload_id)
        rules.check_offset(upload, offset)
        at_most = upload.size_bytes - offset
        db.session.rollback()  # no transaction is open while somebody's line is slow
        written = pieces.add(alone, offset, content, at_most=at_most, sha256=sha256)
        if not written.is_sound:
            raise rules.Spoiled
        try:
            return _note(upload_id, offset + written.size)
        except Refusal as refusal:
            _refuse(upload_id, type(refusal).__name__)
            pieces.remove(key)
            raise


@act
def _note(upload_id: int, received: int) -> Upload:
    """Note that as many bytes are on the disk; when those are all, the job that takes it in is owed."""
    upload = _now(upload_id)
    upload.received_bytes, upload.expires_at = received, clock.now() + _patience()
    if not upload.extension and received >= min(HEAD, upload.size_bytes):
        kind = rules.kind_of(pieces.head(upload.key, HEAD), upload.size_bytes, current_app.config)
        upload.extension = kind.extension
    if received == upload.size_bytes:
        upload.state = UploadState.RECEIVED
        announce("upload.received", upload_id=upload.id)
    return upload


@act
def _refuse(upload_id: int, problem: str) -> Upload:
    upload = _now(upload_id)
    upload.state, upload.problem = UploadState.REFUSED, problem
    return upload


def take_whole(name: str, content: BinaryIO, size: int, *, by: Account) -> Upload:
    """Take a file that came whole, in a plain form. Raises what begin() and receive() do, and leaves nothing then."""
    upload = begin(name, size, by=by)
    try:
        return receive(upload, 0, content)
    except BaseException:
        discard(_now(upload.id))
        raise


def discard(upload: Upload) -> None:
    """Forget an upload that is not whole, or was refused, and what had come of it. Raises Ended, InUse."""
    upload_id, key = upload.id, upload.key
    try:
        with pieces.alone_with(key):
            _forget(upload_id)
    except rules.Lost:
        _forget(upload_id)
    pieces.remove(key)


@act
def _forget(upload_id: int) -> None:
    upload = _now(upload_id)
    if upload.state is UploadState.RECEIVED:
        raise rules.Ended
    db.session.delete(upload)


@act
def tell(upload: Upload, told: dict[str, Any]) -> Upload:
    """Keep what is said of a file, for the text about it, however much has come. Raises Ended if it was refused."""
    upload = _now(upload.id)
    if upload.state is UploadState.REFUSED:
        raise rules.Ended
    upload.told = told
    return upload


@act
def note_digest(upload: Upload, sha256: str) -> Upload:
    """Note what the whole file holds, before it moves to where that names it."""
    upload.sha256 = sha256
    return upload


def give_up(upload: Upload) -> Upload:
    """Note that what had come of a whole upload is gone: nobody can take it in any more."""
    return _refuse(upload.id, rules.Lost.__name__)


@act
def take_up(upload_id: int, *, after: int) -> int | None:
    """Owe the taking in of an upload again that nobody owes, ``after`` that job: once, however many sweeps see it."""
    return owe(TAKE_IN, key=f"{TAKE_IN}:{upload_id}:after:{after}", upload_id=upload_id)


def take_in(upload: Upload) -> Upload:
    """Make a master of a whole upload whose digest is known, or lead it to the one with the same content.

    A master whose own file is in the storage no more has it back by this. May be done again, at whatever step it was
    interrupted. Raises Lost when the file is nowhere.
    """
    master, path = queries.master_of(upload.sha256), pieces.path_of(upload.key)
    extension = master.extension if master else upload.extension
    if store().size(content_key("masters", upload.sha256, extension)) != upload.size_bytes:
        if not path.exists():
            raise rules.Lost
        keeping.keep_path(path, "masters", extension, sha256=upload.sha256)
    upload = _take_in(upload)
    pieces.remove(upload.key)
    return upload


@act
def _take_in(upload: Upload) -> Upload:
    master = queries.master_of(upload.sha256)
    upload.is_known = master is not None
    if master is None:
        kind = rules.by_extension(upload.extension)
        master = Master(
            kind=MediaKind(kind.what), sha256=upload.sha256, size_bytes=upload.size_bytes, mimetype=kind.mimetype,
            extension=upload.extension, original_name=upload.name, state=MasterState.RECEIVED,
            added_at=clock.now(), added_by_id=upload.account_id,
        )  # fmt: skip
        db.session.add(master)
        db.session.flush()
        record(upload.account, "uploaded", master, label=upload.name)
        announce("master.received", master_id=master.id)
    elif preparing.misses_file(master):
        preparing.retry(master.id, by=upload.account)
    upload.master_id, upload.state = master.id, UploadState.KEPT
    return upload


def sweep_away(upload: Upload) -> None:
    """Take away an upload whose time is over, unless somebody is just going on with it."""
    with contextlib.suppress(rules.InUse, rules.Ended, Missing):
        discard(upload)


def sweep_staging(older_than: timedelta) -> int:
    """Take away what lies in the staging folder for longer than that and is no upload's; return how many."""
    oldest = (clock.now() - older_than).timestamp()
    old = [path for path in keeping.staging().iterdir() if path.stat().st_mtime < oldest]
    strays = queries.unknown_among([path.name for path in old])
    for path in old:
        if path.name in strays:
            _remove(path)
    return len(strays)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _now(upload_id: int) -> Upload:
    """Return the upload as it is at this moment; raise Missing when it is gone."""
    found = db.session.get(Upload, upload_id, populate_existing=True)
    if found is None:
        raise Missing
    return found


def _patience() -> timedelta:
    return timedelta(days=max(1, current_app.config["UPLOAD_DAYS"]))
