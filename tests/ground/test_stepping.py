"""When a thread leaves its core to others, and for how long."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from app.jobs import stepping


class Machine(SimpleNamespace):
    """What a machine tells a thread of itself, and how long the thread slept: seconds."""

    ran = waited = others = 0.0

    def __init__(self, told: Path) -> None:
        super().__init__(told=told, slept=[])
        self.thread_time = lambda: self.ran
        self.process_time = lambda: self.ran + self.others
        self.sleep = self.slept.append
        self.tell()

    def tell(self, *, ran: float = 0, waited: float = 0, others: float = 0) -> None:
        """Let the thread have run and waited for so much longer, and other threads of its process have run."""
        self.ran, self.waited, self.others = self.ran + ran, self.waited + waited, self.others + others
        self.told.write_text(f"{self.ran * 1e9:.0f} {self.waited * 1e9:.0f} 7\n")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine on which nothing has run yet."""
    made = Machine(tmp_path / "schedstat")
    monkeypatch.setattr(stepping, "time", made)
    return made


@pytest.mark.parametrize(
    ("seen", "rest"),
    [
        ({"ran": 0.02}, None),
        ({"ran": 0.02, "waited": 0.005}, None),
        ({"ran": 0.02, "waited": 0.02, "others": 0.015}, None),
        ({"ran": 0.02, "waited": 0.010}, 0.02),
        ({"ran": 0.02, "waited": 0.020, "others": 0.010}, 0.02),
        ({"ran": 0.02, "waited": 2.0}, 0.08),
        ({"ran": 5.0, "waited": 5.0}, 0.25),
        ({"waited": 2.0}, None),
    ],
    ids=["alone", "hardly", "its own", "for others", "for others too", "for long", "long turn", "never ran"],
)
def test_who_has_to_wait_for_others_rests(
    machine: Machine, seen: dict[str, float], rest: float | None
) -> None:
    rests = stepping.Rests(machine.told)
    machine.tell(**seen)
    rests.rest(1.0)

    assert machine.slept == ([] if rest is None else [pytest.approx(rest)])


def test_each_rest_is_for_what_came_after_the_last(machine: Machine) -> None:
    rests = stepping.Rests(machine.told)
    machine.tell(ran=0.02, waited=0.02)
    rests.rest(1.0)
    rests.rest(1.0 + machine.slept[0] + 0.001)  # too early to look again
    machine.tell(ran=0.02)
    rests.rest(2.0)
    machine.tell(ran=0.02, waited=0.02)
    rests.rest(3.0)

    assert machine.slept == [pytest.approx(0.06)] * 2


@pytest.mark.parametrize("told", [None, "", "no such thing here"])
def test_a_machine_that_does_not_tell_lets_it_go_on(machine: Machine, told: str | None) -> None:
    rests = stepping.Rests(machine.told)
    machine.tell(ran=0.02, waited=2.0)
    machine.told.unlink()
    if told is not None:
        machine.told.write_text(told)
    rests.rest(1.0)

    assert machine.slept == []
