"""Opening the newsroom: what stands in the way is said in a sentence, and nothing is left running."""

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest

from scripts import run
from scripts.run import CannotOpen, Company, check_port, open_newsroom
from tests.waiting import until

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = {
    "HOST": "127.0.0.1", "WEB_WORKERS": 1, "WEB_THREADS": 1, "DEMO": False, "MODE": "development", "MAIL_SERVER": "",
}  # fmt: skip


@pytest.fixture
def taken():
    """A port of this machine at which somebody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


@pytest.fixture
def free():
    """A port of this machine at which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        name = listener.getsockname()
    return name[1]


def is_running(process):
    """Say whether ``process`` (an id) is there and has not ended."""
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def stubborn(fifo):
    """Return a command that ignores polite kills, with a child that does so too, and tells both ids."""
    return ["sh", "-c", f'trap "" TERM; sleep 300 & echo $$ $! > {fifo}; wait; sleep 300']


@pytest.fixture
def fifo(tmp_path):
    os.mkfifo(tmp_path / "ids")
    return tmp_path / "ids"


def test_a_port_that_is_taken_is_refused_with_another_one_to_try(taken):
    with pytest.raises(CannotOpen, match=rf"^Port {taken} is taken: .*make run PORT={taken + 1}$"):
        check_port("127.0.0.1", taken)


def test_an_address_of_another_machine_is_refused(free):
    with pytest.raises(CannotOpen, match=r"^203\.0\.113\.7 is not an address of this machine"):
        check_port("203.0.113.7", free)


def test_a_free_port_is_still_free_after_the_check(free):
    check_port("127.0.0.1", free)
    socket.create_server(("127.0.0.1", free)).close()


def test_stopping_ends_even_what_does_not_want_to_end_and_its_children(fifo, monkeypatch):
    monkeypatch.setattr(run, "CLOSING_SECONDS", 0.2)
    company = Company({"stubborn": stubborn(fifo)})
    processes = fifo.read_text().split()
    assert all(map(is_running, processes))

    company.stop()

    assert company.gone() == "stubborn"
    until(lambda: not any(map(is_running, processes)))


@pytest.mark.parametrize("ending", ["web", "worker"])
def test_when_one_process_ends_by_itself_the_other_is_stopped(ending, free, monkeypatch, fifo):
    lasting = ["sh", "-c", f"echo $$ > {fifo}; exec sleep 300"]
    ends_then = ["sh", "-c", f"read id < {fifo}; echo $id > {fifo}.kept"]
    commands = {"web": lasting, "worker": lasting, ending: ends_then}
    monkeypatch.setattr(run, "web", lambda settings: commands["web"])
    monkeypatch.setattr(run, "worker", lambda: commands["worker"])
    monkeypatch.setattr(run, "flask", lambda *words: None)

    with pytest.raises(CannotOpen, match="ended by itself"):
        open_newsroom(SETTINGS | {"PORT": free}, threading.Event())

    assert not is_running(fifo.with_name("ids.kept").read_text().strip())


@pytest.fixture
def newsroom(tmp_path, free):
    """A real newsroom, just opened: web server and worker over an empty database."""
    settings = {"PORT": str(free), "INSTANCE_DIR": str(tmp_path), "DEMO": "0", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        [sys.executable, "scripts/run.py"],
        cwd=ROOT,
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        process.address = f"http://127.0.0.1:{free}"
        process.said = []
        try:
            for line in process.stdout:
                process.said.append(line)
                if process.address in line:
                    break
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=20)


def children(process):
    """Return {command line: id} of the processes that ``process`` (an id) has started."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            if parent == str(process):
                found[(folder / "cmdline").read_text().replace("\0", " ")] = int(folder.name)
        except (FileNotFoundError, ProcessLookupError):
            continue  # ended while we looked
    return found


@pytest.mark.slow
def test_a_newsroom_opens_answers_and_closes_within_ten_seconds(newsroom):
    assert newsroom.poll() is None, "".join(newsroom.said)
    with urlopen(f"{newsroom.address}/en/") as answer:
        assert answer.status == 200
    started = children(newsroom.pid)

    newsroom.send_signal(signal.SIGINT)

    assert newsroom.wait(timeout=10) == 0
    assert len(started) == 2
    assert not any(map(is_running, started.values()))


@pytest.mark.slow
def test_a_newsroom_whose_worker_is_killed_closes_and_says_so(newsroom):
    started = children(newsroom.pid)
    worker = next(process for command, process in started.items() if command.rstrip().endswith(" work"))

    os.kill(worker, signal.SIGKILL)

    said, _ = newsroom.communicate(timeout=15)
    assert newsroom.returncode == 1
    assert "The worker ended by itself" in said
    assert not any(map(is_running, started.values()))
