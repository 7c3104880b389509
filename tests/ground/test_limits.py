"""Limits: on the file, on Redis, and when neither can be reached."""

from __future__ import annotations

import json
import sqlite3
import stat
import subprocess
import sys
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

import config
from app import clock
from app.extensions import babel
from app.languages import speaking
from app.limits import limits
from app.limits import storage as counting
from app.limits.limits import TooMany, allow, check, clear, network_key
from app.limits.storage import FileStorage, SharedStorage
from tests import servers

pytestmark = pytest.mark.usefixtures("frozen")

ROOT = Path(__file__).parents[2]
FIVE = {"amount": 5, "seconds": 900}
SECRET = "a key of this test, long enough for it"
# Another process of the same newsroom: tries as often as it can, and says how often it was let through.
OTHER_PROCESS = """
import json, sys
from datetime import datetime
from flask import Flask
import config
from app import clock
from app.limits.limits import TooMany, allow
app, through = Flask("other"), 0
app.config.update(config.read(json.loads(sys.argv[1])))
with app.app_context(), clock.at(datetime.fromisoformat(sys.argv[2])):
    for _ in range(20):
        try:
            allow("accounts.sign_in", "oksana", amount=25, seconds=900)
        except TooMany:
            break
        through += 1
print(through)
"""


def made(folder: Path, redis_url: str = "", secret: str = SECRET) -> Flask:
    """Make an app that can do nothing but count."""
    environ = {"INSTANCE_DIR": str(folder), "REDIS_URL": redis_url, "SECRET_KEY": secret}
    app = Flask("counting")
    app.config.update(config.read(environ))
    app.config["ENVIRON"] = environ
    babel.init_app(app)
    return app


WANTS_REDIS = pytest.mark.skipif(not servers.REDIS, reason="wants a Redis: TEST_REDIS=1")


@pytest.fixture(params=["file", pytest.param("redis", marks=WANTS_REDIS)])
def newsroom(request, tmp_path):
    """A newsroom that counts in a file, and one that counts in Redis."""
    if request.param == "redis":
        servers.redis().empty()
    app = made(tmp_path, servers.redis().url if request.param == "redis" else "")
    with app.app_context():
        yield app


@pytest.fixture
def on_file(tmp_path):
    app = made(tmp_path)
    with app.app_context():
        yield app


def tries(number, *keys, **limit):
    """Try, and return how often that was let through."""
    through = 0
    for _ in range(number):
        try:
            allow("accounts.sign_in", *(keys or ("oksana", "192.0.2.1")), **(limit or FIVE))
        except TooMany:
            continue
        through += 1
    return through


def refused(*keys, **limit):
    with pytest.raises(TooMany) as refusal:
        allow("accounts.sign_in", *(keys or ("oksana", "192.0.2.1")), **(limit or FIVE))
    return refusal.value


def test_so_many_tries_are_let_through_and_no_more(newsroom):
    assert tries(9) == 5


def test_the_window_moves_and_does_not_start_afresh(newsroom, frozen):
    assert tries(1) == 1
    frozen.at += timedelta(seconds=890)
    assert tries(9) == 4

    frozen.at += timedelta(seconds=11)
    assert tries(9) == 1


def test_the_refusal_tells_from_when_a_try_is_free_and_it_is_true(newsroom, frozen):
    tries(3)
    frozen.at += timedelta(seconds=100)
    tries(2)
    until = refused().until
    assert timedelta(seconds=800) < until - frozen.at <= timedelta(seconds=801)

    frozen.at = until - timedelta(seconds=2)
    assert tries(1) == 0
    frozen.at = until
    assert tries(9) == 3


def test_a_refused_try_does_not_make_the_wait_longer(newsroom, frozen):
    tries(5)
    first = refused().until
    frozen.at += timedelta(seconds=600)

    assert refused().until == first


def test_each_key_and_each_name_counts_for_itself(newsroom):
    tries(5)

    assert tries(1, "amelie", "192.0.2.1") == 1
    assert tries(1, "oksana", "192.0.2.2") == 1
    assert tries(1, "oksana") == 1
    allow("accounts.reset", "oksana", "192.0.2.1", **FIVE)


def test_keys_that_run_together_are_not_mixed_up(newsroom):
    tries(5, "ab", "c")

    assert tries(1, "a", "bc") == 1


def test_checking_counts_nothing_and_refuses_like_trying(newsroom):
    for _ in range(9):
        check("accounts.sign_in", "oksana", **FIVE)
    assert tries(9, "oksana") == 5
    with pytest.raises(TooMany) as refusal:
        check("accounts.sign_in", "oksana", **FIVE)

    assert refusal.value.until == refused("oksana").until


def test_clearing_forgets_one_key_alone(newsroom):
    tries(5, "oksana")
    tries(5, "amelie")
    clear("accounts.sign_in", "oksana")

    assert (tries(1, "oksana"), tries(1, "amelie")) == (1, 0)


def test_processes_share_one_count(newsroom, frozen, request):
    other = [
        sys.executable,
        "-c",
        OTHER_PROCESS,
        json.dumps(newsroom.config["ENVIRON"]),
        frozen.at.isoformat(),
    ]
    root = request.config.rootpath
    others = [subprocess.Popen(other, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(2)]

    assert sum(int(other.communicate(timeout=60)[0]) for other in others) == 25
    assert tries(1, "oksana", amount=25, seconds=900) == 0


def test_threads_share_one_count(newsroom):
    start, through = threading.Barrier(8), []

    def attack():
        with newsroom.app_context():
            start.wait()
            through.append(tries(3))

    threads = [threading.Thread(target=attack) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(through) == 5


BUSY = """
import sys, threading
from app.limits.storage import FileStorage

def work(name):
    for _ in range(int(sys.argv[2])):
        storage.acquire_entry(name, 10**6, 900)
        storage.get_moving_window(name, 5, 900)
        storage.clear(name)

storage = FileStorage(f"sqlfile://{sys.argv[1]}")
threads = [threading.Thread(target=work, args=(f"{sys.argv[3]} {number}",)) for number in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
"""


def test_threads_of_several_processes_do_not_break_the_file(tmp_path):
    """They did, while each call opened the file to make it, and closed it: that gives up the locks of others."""
    path = tmp_path / "limits.sqlite"
    command = [sys.executable, "-c", BUSY, str(path), "100"]
    running = [
        subprocess.Popen([*command, str(number)], cwd=ROOT, stderr=subprocess.PIPE, text=True)
        for number in range(2)
    ]
    told = [each.communicate(timeout=120)[1] for each in running]
    assert told == ["", ""]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM hit").fetchall() == [(0,)]


def test_who_finds_a_new_file_that_another_makes_ready_waits_for_it(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "PATIENCE_SECONDS", 0)  # SQLite's own, which does not cover this
    path = tmp_path / "limits.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    ready = threading.Timer(0.1, other.execute, ("COMMIT",))
    ready.start()
    assert FileStorage(f"sqlfile://{path}").acquire_entry("somebody", 1, 60)
    ready.join()
    other.close()


def test_a_new_file_that_is_never_made_ready_is_told_to_be_busy(tmp_path, monkeypatch):
    monkeypatch.setattr(counting, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(counting, "OPENING_SECONDS", 0)
    path = tmp_path / "limits.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StorageError):
            FileStorage(f"sqlfile://{path}").acquire_entry("somebody", 1, 60)


def test_the_refusal_speaks_of_the_office_s_hour_rounded_up(newsroom, frozen):
    tries(5, "oksana")
    frozen.at += timedelta(seconds=30)

    with speaking("en"):
        assert str(refused("oksana").message) == "Too many requests. You can try again at 12:16."


def test_the_refusal_names_the_day_when_it_is_another(newsroom):
    tries(1, "oksana", amount=1, seconds=86_400)

    with speaking("en"):
        words = str(refused("oksana", amount=1, seconds=86_400).message)
    assert words == "Too many requests. You can try again at 21\u00a0November 2025, 12:01."


# The file


def test_neither_address_nor_network_can_be_read_in_the_file(on_file):
    tries(2, "oksana@example.org", "192.0.2.1")
    with sqlite3.connect(on_file.config["INSTANCE_DIR"] / "limits.sqlite") as connection:
        kept = str(connection.execute("SELECT * FROM hit").fetchall())
    connection.close()

    assert "oksana" not in kept
    assert "192" not in kept.replace("1763", "")


def test_two_newsrooms_with_two_secrets_keep_two_sets_of_keys(tmp_path):
    one = limits.Limits(made(tmp_path))
    other = limits.Limits(made(tmp_path, secret="another key, just as long as the first"))

    assert one.key("a", ("b",)) != other.key("a", ("b",))


def test_looking_does_not_wait_for_somebody_who_writes(on_file):
    tries(5)
    path = on_file.config["INSTANCE_DIR"] / "limits.sqlite"
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        check("accounts.sign_in", "petro", "192.0.2.1", **FIVE)
        with pytest.raises(TooMany) as told:
            check("accounts.sign_in", "oksana", "192.0.2.1", **FIVE)
    assert told.value.until == clock.now() + timedelta(
        seconds=901
    )  # not a minute, as when nothing can be counted


def test_the_file_is_ours_alone(on_file):
    tries(1)

    assert stat.S_IMODE((on_file.config["INSTANCE_DIR"] / "limits.sqlite").stat().st_mode) == 0o600


def test_what_is_over_is_deleted_from_the_file(on_file, frozen):
    tries(5, "oksana")
    frozen.at += timedelta(seconds=901)
    tries(1, "amelie")

    with sqlite3.connect(on_file.config["INSTANCE_DIR"] / "limits.sqlite") as connection:
        assert connection.execute("SELECT count(*) FROM hit").fetchone() == (1,)
    connection.close()


def test_a_file_that_is_deleted_is_made_again(on_file):
    tries(5)
    for file in on_file.config["INSTANCE_DIR"].glob("limits*"):
        file.unlink()

    assert tries(9) == 5


def test_the_library_knows_the_file_by_its_scheme(tmp_path):
    storage = storage_from_string(f"sqlfile://{tmp_path}/limits.sqlite")

    assert isinstance(storage, FileStorage)
    assert storage.check() is True


def test_the_file_counts_fixed_windows_too(tmp_path, frozen):
    storage = FileStorage(f"sqlfile://{tmp_path}/limits.sqlite")
    limiter, item = FixedWindowRateLimiter(storage), limits._Item(2, 60)
    assert storage.get_expiry("k") == frozen.at.timestamp()
    began = frozen.at

    assert [limiter.hit(item, "k") for _ in range(3)] == [True, True, False]
    frozen.at += timedelta(seconds=59)
    assert (storage.get("k"), storage.get_expiry("k")) == (3, began.timestamp() + 60)
    frozen.at += timedelta(seconds=2)
    assert storage.get("k") == 0
    assert limiter.hit(item, "k") is True


def test_the_file_can_be_emptied(tmp_path):
    storage = FileStorage(f"sqlfile://{tmp_path}/limits.sqlite")
    storage.incr("a", 60, 2)
    storage.incr("b", 60)
    storage.clear("a")

    assert (storage.get("a"), storage.get("b"), storage.reset(), storage.get("b")) == (0, 1, 1, 0)


# When nothing can be counted


@pytest.fixture
def broken(tmp_path):
    """A newsroom whose file cannot be opened, as its folder is a file."""
    (tmp_path / "file").touch()
    app = made(tmp_path / "file")
    with app.app_context():
        yield app


def test_tries_that_cannot_be_counted_are_refused_for_a_minute(broken, frozen, caplog):
    assert refused("oksana").until == frozen.at + timedelta(minutes=1)
    assert caplog.messages == ["tries at accounts.sign_in cannot be counted: FileExistsError"]


def test_a_limit_that_only_keeps_the_load_down_lets_through_what_it_cannot_count(broken):
    allow("search.ask", "192.0.2.1", **FIVE, open_when_down=True)
    check("search.ask", "192.0.2.1", **FIVE, open_when_down=True)


def test_clearing_where_nothing_can_be_written_is_logged(broken, caplog):
    clear("accounts.sign_in", "oksana")

    assert caplog.messages == ["tries at accounts.sign_in cannot be cleared: FileExistsError"]


def test_a_file_that_cannot_be_used_says_so(tmp_path):
    (tmp_path / "file").touch()
    storage = FileStorage(f"sqlfile://{tmp_path}/file/limits.sqlite")

    assert storage.check() is False
    with pytest.raises(StorageError):
        storage.incr("k", 60)


def test_while_redis_is_away_each_machine_counts_for_itself(tmp_path, caplog, monkeypatch):
    passed = [100.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: passed[0])
    app = made(tmp_path, f"unix://{tmp_path}/nothing.socket")
    with app.app_context():
        assert tries(9) == 5
        assert caplog.messages == ["Redis is away, this machine counts for itself: ConnectionError"]

        passed[0] += 9
        tries(1)
        assert len(caplog.messages) == 1
        passed[0] += 1
        tries(1)
        assert len(caplog.messages) == 2


@WANTS_REDIS
def test_redis_counts_again_when_it_is_back(tmp_path, monkeypatch):
    passed = [100.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: passed[0])
    app = made(tmp_path, servers.redis().url)
    with app.app_context():
        servers.redis().stop()
        try:
            assert tries(1) == 1
        finally:
            servers.redis().start()
        passed[0] += 10

        assert tries(9) == 5
        assert SharedStorage(servers.redis().url).check() is True


# Whose network


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        (" 192.0.2.7 ", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("::FFFF:C000:207", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:DB8:0001:0002:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::1", "::/64"),
        ("192.0.2.07", "unknown"),
        ("unix:", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
    ],
)
def test_a_network_is_what_one_visitor_cannot_leave_at_will(address, network):
    assert network_key(address) == network
