"""Queries that are compiled once, and the connections that they are asked on."""

from __future__ import annotations

from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import bindparam, select
from sqlalchemy.exc import OperationalError

from app import prepared
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.prepared import Prepared
from tests import make
from tests.servers import POSTGRES

NAMES = Prepared(select(Account.name, Account.created_at).where(Account.name == bindparam("name")))


@pytest.fixture
def asked(app: Flask) -> Any:
    with app.app_context():
        make.officer("Oksana")
        yield lambda: [row.name for row in NAMES.rows(name="Oksana")]


def test_a_prepared_query_sees_what_was_kept_since(app: Flask, asked: Any) -> None:
    assert asked() == ["Oksana"]

    @act
    def rename() -> None:
        db.session.query(Account).update({"name": "Zoé"})

    rename()
    assert asked() == []


def test_each_thread_asks_on_a_connection_of_its_own(app: Flask, asked: Any) -> None:
    assert asked() == ["Oksana"]
    heard = []

    def elsewhere() -> None:
        with app.app_context():
            heard.append(asked())

    thread = Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert heard == [["Oksana"]]


@pytest.mark.skipif(POSTGRES, reason="PostgreSQL's connections come from the pool, which looks at each")
def test_a_connection_that_failed_is_not_asked_again(app: Flask, asked: Any) -> None:
    assert asked() == ["Oksana"]
    prepared._held.of[db.engine].dbapi_connection.close()
    with pytest.raises(OperationalError):
        asked()
    assert asked() == ["Oksana"]
