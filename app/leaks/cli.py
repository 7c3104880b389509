"""flask leaks"""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from app.leaks.probe import asking, early_leaks
from app.leaks.probe import leaks as found
from app.leaks.queries import secrets
from app.leaks.service import standing_in


@click.command("leaks")
@click.option(
    "--url", default=None, help="Ask the newsroom that runs there, over the network, caches and all."
)
@with_appcontext
def leaks(url: str | None) -> None:
    """Ask every public surface for every text that is not public; end with 1 when one of them answers.

    Texts under embargo are asked for at their own addresses too: by a stranger, by a media user without a group, and
    by one of another group. These two accounts exist only meanwhile.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    with standing_in(app) as cookies:
        hidden = list(secrets())
        told = list(found(app, asking(app, url), hidden))
        asks = {"a stranger": asking(app, url)} | {
            who: asking(app, url, cookie) for who, cookie in cookies.items()
        }
        told += early_leaks(asks, hidden)
    for leak in told:
        click.echo(f"{leak.secret} is told at {leak.address}: {leak.words}", err=True)
    if told:
        raise SystemExit(1)
    click.echo(f"Texts that are not public: {len(hidden)}. None of them is told anywhere.")
