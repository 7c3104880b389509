"""A master is public with the texts whose facts name it, and with nothing else."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.editorial import service
from app.editorial.models import State
from app.editorial.queries import public_master
from app.library.models import Master, MediaKind
from tests import make

SHA = "ab" * 32


def test_a_master_is_kept_under_what_it_holds_never_under_a_name():
    assert Master(sha256=SHA, extension="mp4", original_name="../../x.mp4").key == f"masters/ab/{SHA}.mp4"
    assert Master(sha256=SHA, extension="").key == f"masters/ab/{SHA}"
    assert [kind.value for kind in MediaKind] == ["video", "photo"]


def test_a_master_is_public_from_the_moment_of_its_text_until_the_withdrawal(app, frozen):
    ends = clock.now() + timedelta(hours=1)
    edition = make.release(State.EMBARGO, at=ends, facts=make.shared(facts={"master": 7}))
    assert not public_master(7)
    frozen.at = ends
    assert public_master(7)
    assert not public_master(8)
    service.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    assert not public_master(7)
