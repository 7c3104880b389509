"""The process beside this one in which passwords are hashed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from app.accounts.hasher import STEP_BACK, Aside, Beside, Here
from app.accounts.hashing import CHEAP
from tests.waiting import until


@pytest.fixture
def aside() -> Iterator[Aside]:
    """A hasher with processes of its own."""
    made = Aside(**CHEAP)
    yield made
    for beside in made._resting:
        beside.end()


@pytest.mark.parametrize("password", ["Ryba-2025-sonce!", 'Пароль-2025-é\n"\\', "\u2028", ""])
def test_what_is_hashed_aside_is_what_is_hashed_here(aside: Aside, password: str) -> None:
    here = Here(**CHEAP)
    for kept in (aside.hash(password), here.hash(password)):
        assert aside.matches(kept, password)
        assert here.matches(kept, password)
        assert not aside.matches(kept, password + "x")
        assert not aside.is_outdated(kept)
    assert not aside.matches("what argon2 never wrote", password)
    assert not aside.matches(None, password)


def test_it_steps_back_for_those_who_read(aside: Aside) -> None:
    aside.hash("x")
    (beside,) = aside._resting
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, beside.process.pid) == min(19, ours + STEP_BACK)
    assert os.getsid(beside.process.pid) == beside.process.pid


def test_one_process_is_used_again_and_two_at_a_time_are_two(aside: Aside) -> None:
    for _ in range(3):
        aside.hash("x")
    assert len(aside._resting) == 1
    with ThreadPoolExecutor(2) as threads:
        made = [threads.submit(aside.hash, "x") for _ in range(20)]
        assert len({each.result() for each in made}) == 20
    assert len(aside._resting) <= 2


def test_a_process_that_was_killed_is_replaced(aside: Aside) -> None:
    kept = aside.hash("x")
    aside._resting[0].process.kill()
    aside._resting[0].process.wait()
    assert aside.matches(kept, "x")


def test_it_ends_with_whoever_asked() -> None:
    beside = Beside()
    beside.ask(CHEAP | {"password": "x"})
    process = beside.process
    process.stdin.close()  # as when this process is killed
    assert until(lambda: process.poll() is not None)
    assert process.returncode == 0
    beside.end()


def test_it_gets_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "a key that nobody else needs")
    beside = Beside()
    beside.ask(CHEAP | {"password": "x"})
    with open(f"/proc/{beside.process.pid}/environ", "rb") as told:
        assert b"a key" not in told.read()
    beside.end()
