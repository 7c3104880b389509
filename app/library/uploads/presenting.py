"""How uploads are shown: plain values, with words for what happens to each file, and what can be done next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from app.library import describing, wording
from app.library import rules as library_rules
from app.library.describing import Described
from app.library.models import Master, MasterState, MediaKind, RenditionState
from app.library.uploads import rules
from app.library.uploads.models import Upload, UploadState
from app.web.filters import filesize

PROBLEMS = {kind.__name__: kind for kind in (rules.NotTaken, rules.TooLarge, rules.Empty, rules.Lost)}
STEPS = (_l("Received"), _l("Checked"), _l("Prepared"), _l("Ready"))
# How many of the steps are behind a file in each state.
DONE = {
    MasterState.RECEIVED: 1, MasterState.CHECKING: 1, MasterState.PREPARING: 2, MasterState.READY: 4,
    MasterState.FAILED: 1,
}  # fmt: skip


@dataclass
class Row:
    """One upload as the page shows it.

    ``state``: receiving, refused, working, ready or failed. ``share`` (0 to 100) is of the step that is going on, None
    while that is unknown; ``steps`` are (words, "done", "now", "wrong" or "open"). ``links`` are (words, address).
    ``told`` is what is said of it already; ``may_tell``: no text about it has been begun yet.
    """

    key: str
    name: str
    size: str
    state: str
    words: str
    size_bytes: int = 0
    received_bytes: int = 0
    fingerprint: str = ""
    share: int | None = None
    steps: list[tuple[Any, str]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    may_retry: bool = False
    may_tell: bool = False
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def may_discard(self) -> bool:
        """Whether it can be taken off the list."""
        return self.state != "checking"


def limits(settings: Any) -> dict[str, str]:
    """Return how large files may be, in words."""
    return {kind: filesize(rules.limit_of(kind, settings)) for kind in ("video", "photo")}


def rows(uploads: Sequence[Upload]) -> list[Row]:
    """Return ``uploads`` as the page shows them. Which texts show their files is asked once for each kind of file."""
    texts: dict[int, list[Described]] = {}
    for kind in MediaKind:
        ids = {each.master.id for each in uploads if each.master is not None and each.master.kind is kind}
        if ids and (how := describing.describing(kind)) is not None:
            texts |= how.known(ids)
    return [_row(upload, texts) for upload in uploads]


def _row(upload: Upload, texts: dict[int, list[Described]]) -> Row:
    made = Row(upload.key, upload.name, filesize(upload.size_bytes), "receiving", "",
               upload.size_bytes, upload.received_bytes, upload.fingerprint, told=upload.told)  # fmt: skip
    made.may_tell = upload.state is not UploadState.REFUSED
    if upload.state is UploadState.RECEIVING:
        made.share = upload.received_bytes * 100 // upload.size_bytes
        made.words = (
            _(
                "%(got)s of %(size)s received. Choose the same file again to go on.",
                got=filesize(upload.received_bytes),
                size=made.size,
            )
            if upload.received_bytes
            else _("Nothing of it has come yet. Choose the same file again to send it.")
        )
        made.steps = _steps(0)
    elif upload.state is UploadState.REFUSED:
        made.state, made.words = "refused", str(PROBLEMS.get(upload.problem, rules.NotTaken).message)
        if upload.problem == rules.TooLarge.__name__:
            made.words = _("This file is larger than one of its kind may be.")
        made.steps = _steps(0, is_wrong=True)
    elif upload.master is None:
        made.state, made.words, made.steps = "checking", _("Received whole. It is being checked."), _steps(1)
    else:
        _show_master(made, upload, upload.master, texts.get(upload.master.id, []))
    return made


def _show_master(made: Row, upload: Upload, master: Master, texts: list[Described]) -> None:
    done = DONE[master.state]
    made.steps = _steps(done, is_wrong=master.state is MasterState.FAILED)
    made.warnings = [said for code in master.warnings if (said := wording.warning(code))]
    failed = library_rules.failed(master)
    made.warnings += [f"{wording.step(each.name)}: {wording.problem(each.problem)}" for each in failed]
    made.may_tell = not texts and master.state is not MasterState.FAILED
    made.may_retry = library_rules.may_retry(master, upload.account)
    if master.state is MasterState.FAILED:
        made.state, made.words = "failed", wording.problem(master.problem)
    elif master.state is MasterState.READY:
        made.state, made.words = "ready", _("Ready.")
    elif master.state is MasterState.PREPARING:
        made.state, made.share = "working", _share(master)
        made.words = _("Being prepared: %(share)s %%.", share=made.share)
    else:
        made.state, made.words = "working", _("Being checked.")
    if upload.is_known:
        made.words = f"{_('The library has this very file already.')} {made.words}"
    if master.state is not MasterState.FAILED and (how := describing.describing(master.kind)) is not None:
        made.links = [(each.title, each.address) for each in texts]
        made.links += [] if texts else [(_("Describe it"), how.begin(master.id))]


def _share(master: Master) -> int:
    """Return how much of what is made of a master is there, in percent."""
    shares = [
        100 if each.state in (RenditionState.READY, RenditionState.FAILED) else each.share
        for each in master.renditions
    ]
    return sum(shares) // len(shares) if shares else 0


def _steps(done: int, *, is_wrong: bool = False) -> list[tuple[Any, str]]:
    now = "wrong" if is_wrong else "now"
    states = ["done"] * done + [now] + ["open"] * len(STEPS)
    return list(zip(STEPS, states, strict=False))
