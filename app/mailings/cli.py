"""flask newsletter why: what became of an issue with one address."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from app.mailings.explaining import explain
from app.refusals import Refusal


@click.command("why")
@click.argument("address")
@click.argument("issue", type=click.IntRange(1, 2**31 - 1))
@with_appcontext
def why(address: str, issue: int) -> None:
    """Say in one line what became of ISSUE (its number at the desk) for ADDRESS; end with 1 when one is unknown."""
    try:
        said = explain(address, issue)
    except Refusal as refusal:
        raise click.BadParameter("that is no e-mail address", param_hint="ADDRESS") from refusal
    click.echo(said.sentence)
    if not said.is_known:
        raise SystemExit(1)
