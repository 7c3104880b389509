"""Functions that misbehave in a sandbox, each in its own way."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from app.library.problems import Problem


def answer(folder, reads, told, share):
    """Do what is asked, and say what was seen."""
    (folder / "made.txt").write_text(told.get("write", "words"))
    return {
        "read": {name: path.read_text() for name, path in reads.items()},
        "folder": str(folder),
        "environ": sorted(os.environ),
        "modules": [name for name in ("flask", "sqlalchemy", "app.cli") if name in sys.modules],
        "nice": os.nice(0),
    }


def refuse(folder, reads, told, share):
    """Say what is wrong with the file."""
    raise Problem("too_many_pixels", limit=60, size="1 × 2")


def raise_something(folder, reads, told, share):
    """Fail as code fails."""
    raise RuntimeError("a secret of the file")


def spin(folder, reads, told, share):
    """Use the processor for ever."""
    while True:
        pass


def sleep(folder, reads, told, share):
    """Do nothing for ever, saying so."""
    for step in range(100_000):
        share(step / 100)
        time.sleep(0.05)


def want_memory(folder, reads, told, share):
    """Want all of it, and use it."""
    kept = []
    while True:
        kept.append(b"x" * 50_000_000)


def want_memory_in_c(folder, reads, told, share):
    """Ask a library in C for it."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.mmap.restype = ctypes.c_void_p
    found = libc.mmap(None, ctypes.c_size_t(told["bytes"]), 3, 0x22, -1, ctypes.c_long(0))
    if found in (None, ctypes.c_void_p(-1).value):
        raise OSError(ctypes.get_errno(), "mmap")


def write_much(folder, reads, told, share):
    """Write a file without an end."""
    with (folder / "large").open("wb") as file:
        while True:
            file.write(b"x" * 1_000_000)


def no_space(folder, reads, told, share):
    """Say what a full disk says."""
    raise OSError(errno.ENOSPC, "No space left on device")


def open_much(folder, reads, told, share):
    """Open files without an end."""
    kept = []
    with contextlib.suppress(OSError):
        while True:
            kept.append(open("/dev/null"))  # noqa: SIM115
    return len(kept)


def die(folder, reads, told, share):
    """End by a signal, as a decoder that goes astray."""
    os.kill(os.getpid(), told["signal"]) if told["signal"] != signal.SIGSEGV else ctypes.string_at(0)
    signal.raise_signal(told["signal"])
    time.sleep(5)


def leave(folder, reads, told, share):
    """End without an answer."""
    os._exit(told["status"])


def tried(*tries):
    """Return for each try its name and what came of it: "done", or the error's name."""
    seen = {}
    for name, do in tries:
        try:
            do()
            seen[name] = "done"
        except OSError as error:
            seen[name] = errno.errorcode.get(error.errno or 0, "?")
        except Exception as error:
            seen[name] = type(error).__name__
    return seen


def break_out(folder, reads, told, share):
    """Try to reach the network, other files, and other processes."""

    def connect(family, place):
        with socket.socket(family) as one:
            one.settimeout(2)
            one.connect(place)

    return tried(
        ("tcp", lambda: connect(socket.AF_INET, ("127.0.0.1", told["port"]))),
        ("tcp6", lambda: connect(socket.AF_INET6, ("::1", told["port"]))),
        ("unix", lambda: connect(socket.AF_UNIX, told["unix"])),
        ("udp", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM)),
        ("pair", socket.socketpair),
        ("secret", lambda: Path(told["secret"]).read_text()),
        ("beside", lambda: list(Path(told["secret"]).parent.iterdir())),
        ("passwd", lambda: Path("/etc/passwd").read_text()),
        ("worker's environment", lambda: Path(f"/proc/{told['worker']}/environ").read_bytes()),
        ("write the input", lambda: reads["source"].write_text("changed")),
        ("write our code", lambda: Path(__file__).with_name("new.py").write_text("")),
        ("write /tmp", lambda: Path("/tmp/studio-breakout").write_text("")),
        ("a link", lambda: (folder / "link").symlink_to(told["secret"])),
        ("a program of its own", lambda: run_own(folder)),
        ("kill the worker", lambda: os.kill(told["worker"], 0)),
        ("a namespace", lambda: unshare()),
        ("its own folder", lambda: (folder / "mine").write_text("yes")),
        ("the source", lambda: reads["source"].read_text()),
    )


def run_own(folder):
    """Write a program and start it."""
    program = folder / "program"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o700)
    subprocess.run([str(program)], check=True)


def unshare():
    """Ask for a namespace."""
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(0x10000000):
        raise OSError(ctypes.get_errno(), "unshare")


def ask_by_program(folder, reads, told, share):
    """Let another program ask for the network."""
    script = f"import socket; socket.create_connection(('127.0.0.1', {told['port']}), 2)"
    return subprocess.run([sys.executable, "-I", "-c", script], capture_output=True).returncode


def start_others(folder, reads, told, share):
    """Start programs that outlive us, one of them in a session of its own."""
    script = f"import time, pathlib\nfor n in range(600):\n pathlib.Path('{folder}/beat').write_text(str(n))\n time.sleep(.05)"
    subprocess.Popen([sys.executable, "-I", "-c", script])
    subprocess.Popen([sys.executable, "-I", "-c", script], start_new_session=True)
    time.sleep(told["seconds"])
    return "started"


def babble(folder, reads, told, share):
    """Answer without an end."""
    return "x" * 6_000_000


def shout(folder, reads, told, share):
    """Say much on both outputs, and answer all the same."""
    print("o" * 1_000_000, flush=True)
    print("e" * 1_000_000, file=sys.stderr, flush=True)
    return "heard"


def nonsense(folder, reads, told, share):
    """Write to the worker what is no answer."""
    os.write(told["descriptor"] if "descriptor" in told else share._order["answers"], b"\xff{nonsense\n")


def links(folder, reads, told, share):
    """Make things that are no plain files."""
    (folder / "folder").mkdir()
    (folder / "plain").write_text("plain")
    with contextlib.suppress(OSError):
        os.symlink("/etc/passwd", folder / "link")
    with contextlib.suppress(OSError):
        os.link(folder / "plain", folder / "twice")
    with contextlib.suppress(OSError):
        os.mkfifo(folder / "pipe")
    return sorted(path.name for path in folder.iterdir())
