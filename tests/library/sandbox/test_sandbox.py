"""What a file from outside can do to the machine while it is decoded: nothing."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from app.library.problems import Problem
from app.library.sandbox import running, walls
from app.library.sandbox.running import Limits, work
from tests.waiting import until

HERE = "tests.library.sandbox.misdeeds."
QUICK = Limits(wall_seconds=20, cpu_seconds=5, memory_bytes=400 * running.MB, file_bytes=4 * running.MB)


@pytest.fixture(autouse=True)
def misdeeds(monkeypatch):
    """Let a sandbox run the functions of misdeeds.py."""
    monkeypatch.setattr(running, "FUNCTIONS", (HERE,))
    monkeypatch.setattr(running, "CODE", [*running.CODE, running.ROOT / "tests"])


@pytest.fixture
def do(tmp_path):
    """Run a misdeed, and return what it answered."""

    def do(name, reads=None, limits=QUICK, progress=None, **told):
        with work(
            HERE + name,
            reads=reads or {},
            told=told,
            limits=limits,
            progress=progress,
            within=tmp_path / "here",
        ) as made:
            return made

    yield do
    left = list((tmp_path / "here").glob("*")) if (tmp_path / "here").exists() else []
    assert left == [], "a folder stayed"


def test_a_function_reads_its_file_writes_to_its_folder_and_answers(tmp_path):
    source = tmp_path / "film.mp4"
    source.write_text("frames")
    with work(
        HERE + "answer", reads={"source": source}, told={"write": "Київ"}, within=tmp_path / "in"
    ) as made:
        assert made.result["read"] == {"source": "frames"}
        assert made.result["nice"] >= 10
        with made.open("made.txt") as file:
            assert file.read().decode() == "Київ"
        folder = made.folder
        assert folder.exists()
        assert str(folder) == made.result["folder"]
    assert not folder.exists()


def test_nothing_of_the_newsroom_is_in_there(do, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "a key")
    monkeypatch.setenv("S3_SECRET_KEY", "another")
    made = do("answer")
    assert made.result["modules"] == []
    assert set(made.result["environ"]) <= {
        "HOME", "LANG", "LC_CTYPE", "MALLOC_ARENA_MAX", "PATH", "TMPDIR"
    }  # fmt: skip


def test_only_functions_of_ours_are_run(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "FUNCTIONS", ("app.library.studio.", "app.library.cutting."))
    for name in ("os.system", "app.cli.main", "app.library.studioos.system", HERE + "answer"):
        with pytest.raises(ValueError, match="no function"), work(name, reads={}, within=tmp_path):
            pass


# How it can end


@pytest.mark.parametrize(
    ("name", "told", "code"),
    [
        ("refuse", {}, "too_many_pixels"),
        ("raise_something", {}, "crashed"),
        ("want_memory", {}, "too_heavy"),
        ("want_memory_in_c", {"bytes": 600 * running.MB}, "too_heavy"),
        ("write_much", {}, "too_big"),
        ("no_space", {}, "disk_full"),
        ("babble", {}, "crashed"),
        ("nonsense", {}, "crashed"),
        ("leave", {"status": 0}, "crashed"),
        ("leave", {"status": 3}, "crashed"),
        ("die", {"signal": signal.SIGSEGV}, "crashed"),
        ("die", {"signal": signal.SIGABRT}, "crashed"),
        ("die", {"signal": signal.SIGBUS}, "crashed"),
        ("die", {"signal": signal.SIGFPE}, "crashed"),
        ("die", {"signal": signal.SIGILL}, "crashed"),
        ("not_there", {}, "crashed"),
    ],
)
def test_however_it_ends_the_worker_hears_a_code(do, name, told, code):
    with pytest.raises(Problem) as said:
        do(name, **told)
    assert said.value.code == code


def test_a_problem_brings_its_figures(do):
    with pytest.raises(Problem) as said:
        do("refuse")
    assert said.value.detail == {"limit": 60, "size": "1 × 2"}
    assert str(said.value) == "too_many_pixels limit=60 size='1 × 2'"


def test_what_fails_in_there_is_told_to_the_log_alone(do, caplog):
    with pytest.raises(Problem) as said:
        do("raise_something")
    assert said.value.detail == {}
    assert "RuntimeError" in caplog.text


def test_the_processor_is_taken_for_so_long_only(do):
    with pytest.raises(Problem) as said:
        do("spin", limits=Limits(wall_seconds=30, cpu_seconds=1))
    assert said.value.code == "too_heavy"


def test_the_clock_ends_what_only_waits(do):
    with pytest.raises(Problem) as said:
        do("sleep", limits=Limits(wall_seconds=1))
    assert said.value.code == "too_long"


def test_so_many_files_are_open_and_no_more(do):
    assert do("open_much", limits=Limits(open_files=30)).result < 30


def test_what_it_says_aloud_holds_nobody_up(do):
    assert do("shout").result == "heard"


def test_progress_is_heard_and_can_stop_it(do, monkeypatch):
    monkeypatch.setattr(running, "SAY_SECONDS", 0.05)
    heard = []

    class Enough(BaseException):
        pass

    def progress(share):
        heard.append(share)
        if share > 0.02:
            raise Enough

    began = time.monotonic()
    with pytest.raises(Enough):
        do("sleep", progress=progress)
    assert heard == sorted(heard)
    assert time.monotonic() - began < QUICK.wall_seconds


def test_progress_is_asked_also_when_nothing_is_said(do, monkeypatch):
    monkeypatch.setattr(running, "SAY_SECONDS", 0.05)
    asked = []
    with pytest.raises(Problem):
        do("spin", progress=asked.append, limits=Limits(cpu_seconds=1, wall_seconds=30))
    assert asked
    assert set(asked) == {0.0}


# What it cannot reach


@contextmanager
def listening(tmp_path):
    """Listen on the loopback interface and on a socket in a folder; yields the port and the socket's path."""
    path = tmp_path / "socket"
    with socket.create_server(("127.0.0.1", 0)) as tcp, socket.socket(socket.AF_UNIX) as unix:
        unix.bind(str(path))
        unix.listen()
        yield tcp.getsockname()[1], str(path)


def test_it_reaches_no_network_no_other_file_and_no_other_process(do, tmp_path):
    secret = tmp_path / "secrets" / "embargoed.mp4"
    secret.parent.mkdir()
    secret.write_text("embargoed")
    source = tmp_path / "source.mp4"
    source.write_text("frames")
    with listening(tmp_path) as (port, unix):
        made = do(
            "break_out", {"source": source}, port=port, unix=unix, secret=str(secret), worker=os.getpid()
        )
    assert {"files", "calls"} <= set(made.walls)
    reached = [name for name, came in made.result.items() if came == "done"]
    assert reached == ["its own folder", "the source"]
    assert source.read_text() == "frames"


def test_a_program_that_it_starts_reaches_no_network_either(do, tmp_path):
    with listening(tmp_path) as (port, _):
        assert do("ask_by_program", port=port).result == 1


@pytest.mark.parametrize(
    ("wall", "set_up"),
    [
        ("calls", "walls.give_up_privileges(); assert walls.without_network()"),
        (
            "files",
            "walls.give_up_privileges(); assert walls.only_files(read=[Path(sys.base_prefix)], change=[])",
        ),
        ("namespaces", "assert walls.in_namespaces()"),
    ],
)
def test_each_wall_holds_the_network_off_by_itself(wall, set_up, tmp_path):
    if wall == "files" and walls.landlock_version() < 4:
        pytest.skip("this kernel's Landlock knows of no network")
    if wall == "namespaces" and not grants_namespaces():
        pytest.skip("this kernel grants no namespaces")
    with listening(tmp_path) as (port, _):
        script = (
            f"import sys, socket; from pathlib import Path; sys.path.insert(0, {str(Path(walls.__file__).parent)!r})\n"
            f"import walls\n"
            f"def ask(): socket.create_connection(('127.0.0.1', {port}), 2).close()\n"
            f"ask()\n{set_up}\n"
            f"try: ask()\n"
            f"except OSError: print('held off')\n"
        )
        seen = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert seen.stdout.strip() == "held off", seen.stderr


def grants_namespaces():
    """Whether this kernel grants a namespace to whoever asks."""
    script = f"import sys; sys.path.insert(0, {str(Path(walls.__file__).parent)!r}); import walls; sys.exit(not walls.in_namespaces())"
    return subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_only_plain_files_of_its_folder_are_taken(tmp_path):
    with work(HERE + "links", reads={}, within=tmp_path) as made:
        outside = tmp_path / "outside"
        outside.write_text("secret")
        (made.folder / "link to outside").symlink_to(outside)
        (made.folder / "another name").hardlink_to(outside)
        os.mkfifo(made.folder / "a pipe")
        for name in (
            "folder",
            "link to outside",
            "another name",
            "a pipe",
            "not there",
            "../outside",
            "",
            "..",
            "/etc/passwd",
        ):
            with pytest.raises(Problem) as said:
                made.open(name)
            assert said.value.code == "crashed", name


# What is left of it


@pytest.mark.parametrize("limits", [QUICK, Limits(wall_seconds=1)], ids=["ended", "out of time"])
def test_nothing_that_it_started_outlives_it(tmp_path, limits):
    seconds = 0.3 if limits is QUICK else 30
    with (
        suppress(Problem),
        work(
            HERE + "start_others", reads={}, told={"seconds": seconds}, limits=limits, within=tmp_path
        ) as made,
    ):
        if "namespaces" in made.walls:  # elsewhere the end of its folder ends what writes into it
            until(lambda: not _processes_of(tmp_path), seconds=10, what="the end of all that it started")
    assert list(tmp_path.glob("*")) == []


def _work_until_killed(within, ready):
    running.FUNCTIONS = (HERE,)
    running.CODE = [*running.CODE, running.ROOT / "tests"]
    running.SAY_SECONDS = 0.05
    with work(HERE + "sleep", reads={}, within=within, progress=lambda share: share and ready.set()):
        pass


def test_when_the_worker_is_killed_it_dies_too_and_the_next_tidies_up(tmp_path):
    apart = multiprocessing.get_context("fork")
    ready = apart.Event()
    worker = apart.Process(target=_work_until_killed, args=(tmp_path / "in", ready))
    worker.start()
    assert ready.wait(20)
    left = list((tmp_path / "in").iterdir())
    assert len(left) == 1
    assert running.remove_left_over(tmp_path / "in") == 0, "somebody is at work in it"
    worker.kill()
    worker.join()
    until(lambda: not _processes_of(left[0]), seconds=10, what="its end")
    with work(HERE + "answer", reads={}, within=tmp_path / "in"):
        assert not left[0].exists()
    assert list((tmp_path / "in").iterdir()) == []


def _processes_of(folder):
    """Return the processes that stand in ``folder``."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cwd"):
        try:
            if os.readlink(place).startswith(str(folder)):
                found.append(place.parent.name)
        except OSError:
            continue
    return found
