"""Somebody who proves an address, for the tests in this folder."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from app.acts import act
from app.database import db
from app.proving import queries, service
from app.proving.models import Code, Proof, Purpose
from tests.proving.letters import code_in

HOME = "192.0.2.1"
ZOE = "Zoe@redaction.example"


class Attempt:
    """One attempt to prove an address: its proof, its browser's token, and what came of it by mail."""

    def __init__(self, proof: Proof, token: str, run_jobs: Any, outbox: Any) -> None:
        self.id, self.token = proof.id, token
        self._run_jobs, self._outbox = run_jobs, outbox

    @property
    def proof(self) -> Proof:
        """The proof as it is now."""
        db.session.rollback()
        found = queries.by_id(self.id)
        assert found is not None
        return found

    @property
    def codes(self) -> list[Code]:
        """Its codes as they are now, the newest first."""
        db.session.rollback()
        return list(queries.codes_of(self.id))

    def mail(self) -> Any:
        """Do what is due, and return the newest mail to its address."""
        self._run_jobs()
        return [mail for mail in self._outbox() if mail.to == self.proof.email][-1]

    def code(self) -> str:
        """Do what is due, and return the newest code."""
        return code_in(self.mail())

    def check(self, typed: str, *, key: str = "", network: str = HOME) -> tuple[Proof, str]:
        """Type something."""
        return service.check(self.proof, typed, key=key, network=network)


@act
def _begin(*told: Any, **known: Any) -> tuple[Proof, str]:
    return service.begin(*told, **known)


@pytest.fixture
def begin(app: Flask, run_jobs: Any, outbox: Any) -> Any:
    """Return a function that begins to prove an address: Zoé's, for a registration, in English."""

    def begun(purpose: Purpose = Purpose.REGISTER, email: str = ZOE, **known: Any) -> Attempt:
        return Attempt(*_begin(purpose, email, **{"language": "en", **known}), run_jobs, outbox)

    return begun
