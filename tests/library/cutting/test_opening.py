"""What is read ahead by another thread arrives as if it were not."""

from __future__ import annotations

import threading

import pytest
from av.packet import Packet

from app.library.cutting import opening
from app.library.cutting.opening import read_ahead


def packets(numbers, failure=None):
    """Yield a packet for each number, and fail then."""
    for number in numbers:
        yield float(number), Packet(bytes(1000))
    if failure is not None:
        raise failure


@pytest.mark.parametrize("batch", [1, 1000, 2500, 10**9])
def test_all_that_is_read_ahead_arrives_in_order(batch, monkeypatch):
    monkeypatch.setattr(opening, "BATCH_BYTES", batch)

    assert [moment for moment, _ in read_ahead(packets(range(80)))] == [float(number) for number in range(80)]


def test_nothing_to_read_is_nothing():
    assert list(read_ahead(packets(()))) == []


def test_what_goes_wrong_in_the_other_thread_is_raised_here(monkeypatch):
    monkeypatch.setattr(opening, "BATCH_BYTES", 3000)
    arrived = []
    with pytest.raises(LookupError):
        arrived.extend(moment for moment, _ in read_ahead(packets(range(9), LookupError())))

    assert arrived == [float(number) for number in range(9)]


def test_nothing_is_read_any_more_once_reading_ahead_is_closed(monkeypatch):
    monkeypatch.setattr(opening, "BATCH_BYTES", 1)
    before, source = threading.active_count(), packets(range(1000))
    ahead = read_ahead(source)
    next(ahead)
    assert threading.active_count() == before + 1

    ahead.close()

    assert threading.active_count() == before
    assert next(source)[0] < 5  # and nobody reads from it at this moment
