"""Password hashes: strong, the same work for everybody, and only so many at a time."""

from __future__ import annotations

import threading

import pytest
from argon2 import extract_parameters

from app.accounts import hashing
from app.accounts.hasher import Here
from app.accounts.hashing import CHEAP, STRONG, Busy, Hashing
from tests.waiting import until


def nothing() -> None:
    """Stand for counting a try."""


@pytest.fixture
def cheap() -> Hashing:
    """A hashing that costs no time, with one slot."""
    return Hashing(**CHEAP, slots=1)


def test_a_password_matches_its_own_hash_alone(cheap: Hashing) -> None:
    kept = cheap.hash("Ryba-2025-sonce!")
    assert cheap.matches(kept, "Ryba-2025-sonce!", first=nothing)
    assert not cheap.matches(kept, "ryba-2025-sonce!", first=nothing)
    assert not cheap.matches("what argon2 never wrote", "Ryba-2025-sonce!", first=nothing)


def test_two_hashes_of_one_password_differ(cheap: Hashing) -> None:
    assert cheap.hash("same") != cheap.hash("same")


def test_in_production_a_hash_takes_one_lane_64_mib_and_three_rounds() -> None:
    nobody = extract_parameters(Here(**STRONG).of_nobody)
    assert (nobody.parallelism, nobody.memory_cost, nobody.time_cost) == (1, 65536, 3)
    assert nobody.type.name == "ID"


def test_the_hash_of_nobody_costs_what_a_real_one_costs(cheap: Hashing) -> None:
    assert extract_parameters(Here(**CHEAP).of_nobody) == extract_parameters(cheap.hash("x"))
    assert not cheap.matches(None, "", first=nothing)


def test_a_cheaper_hash_is_outdated(cheap: Hashing) -> None:
    assert Hashing(time_cost=2, memory_cost=64, slots=1).is_outdated(cheap.hash("x"))
    assert not cheap.is_outdated(cheap.hash("x"))


def test_who_finds_no_slot_is_sent_away_uncounted(cheap: Hashing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0)
    counted: list[int] = []
    with cheap._slot():
        with pytest.raises(Busy):
            cheap.matches(None, "x", first=lambda: counted.append(1))
        with pytest.raises(Busy):
            cheap.hash("x")
    assert counted == []
    assert not cheap.matches(None, "x", first=lambda: counted.append(1))
    assert counted == [1]


def test_who_finds_the_queue_full_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 60)
    none_waits = Hashing(**CHEAP, slots=1, waiting=0)
    with none_waits._slot(), pytest.raises(Busy):
        none_waits.hash("x")
    none_waits.hash("x")


def test_who_waits_gets_the_slot_and_the_next_is_sent_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 60)
    one_waits = Hashing(**CHEAP, slots=1, waiting=1)
    made: list[str] = []
    waiting = threading.Thread(target=lambda: made.append(one_waits.hash("x")))
    with one_waits._slot():
        waiting.start()
        until(lambda: one_waits._queue._value == 0)
        with pytest.raises(Busy):
            one_waits.hash("x")
        assert not made
    waiting.join(30)
    assert made


@pytest.mark.parametrize(
    ("cores", "processes", "threads", "slots", "waiting"),
    [
        (2, 2, 4, 1, 2),  # as it is delivered
        (2, 2, 2, 1, 0),
        (1, 1, 1, 1, 0),
        (8, 2, 4, 3, 0),  # one thread is left
        (8, 1, 16, 7, 8),
        (8, 8, 4, 1, 2),
    ],
)
def test_one_core_and_one_thread_are_left_for_those_who_read(
    cores: int, processes: int, threads: int, slots: int, waiting: int
) -> None:
    assert hashing.places(cores=cores, processes=processes, threads=threads) == (slots, waiting)


def test_a_slot_is_free_again_when_counting_refuses(cheap: Hashing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hashing, "WAIT_SECONDS", 0)

    def refuse() -> None:
        raise Busy

    with pytest.raises(Busy):
        cheap.matches(None, "x", first=refuse)
    cheap.hash("x")


def test_no_more_are_hashed_at_a_time_than_there_are_slots() -> None:
    two = Hashing(**CHEAP, slots=2)
    inside, most = [], []
    all_in = threading.Barrier(2)

    def wait() -> None:
        inside.append(1)
        most.append(len(inside))
        all_in.wait(10)
        inside.pop()

    threads = [threading.Thread(target=lambda: two.matches(None, "x", first=wait)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert max(most) <= 2
