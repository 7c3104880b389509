"""What tests share is made by one of their processes, and whole."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest

from tests.once import made_once


class Factory:
    """Names the folder of one process of a run."""

    def __init__(self, base):
        self.base = base

    def getbasetemp(self):
        return self.base


@pytest.fixture
def processes(tmp_path, monkeypatch):
    """Where two processes of one run keep their own."""
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    return [Factory(tmp_path / name) for name in ("gw0", "gw1")]


def test_two_who_ask_at_once_get_the_same(processes):
    both_ask, made = Barrier(2, timeout=60), []

    def make(folder):
        made.append(folder)
        (folder / "it").write_text("whole")

    def ask(factory):
        both_ask.wait()
        return made_once(factory, "thing", make)

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(ask, processes)
    assert first == second
    assert (first / "it").read_text() == "whole"
    assert len(made) == 1


def test_what_failed_is_made_again_from_nothing(processes):
    tries = count(1)

    def make(folder):
        (folder / f"try {next(tries)}").touch()
        if (folder / "try 1").exists():
            raise OSError("no room")

    with pytest.raises(OSError, match="no room"):
        made_once(processes[0], "thing", make)
    folder = made_once(processes[1], "thing", make)
    assert [path.name for path in folder.iterdir()] == ["try 2"]


def test_a_process_alone_keeps_it_with_its_own(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_XDIST_WORKER", raising=False)
    assert made_once(Factory(tmp_path), "thing", lambda folder: None) == tmp_path / "thing"
