"""flask leaks"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.leaks.probe import asking
from app.leaks.probe import leaks as found
from app.leaks.queries import secrets


@click.command("leaks")
@click.option(
    "--url", default=None, help="Ask the newsroom that runs there, over the network, caches and all."
)
@with_appcontext
def leaks(url: str | None) -> None:
    """Ask every public surface for every text that is not public; end with 1 when one of them answers."""
    hidden = list(secrets())
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    told = list(found(app, asking(app, url), hidden))
    for leak in told:
        click.echo(f"{leak.secret} is told at {leak.address}: {leak.words}", err=True)
    if told:
        raise SystemExit(1)
    click.echo(f"Texts that are not public: {len(hidden)}. None of them is told anywhere.")
