"""flask work · seed · officer add · audit verify · search rebuild · leaks · storage check · newsletter bounces, why"""

from __future__ import annotations

import re

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

import config
from app.accounts.cli import officer
from app.audit.log import faults, head
from app.database import db
from app.jobs.work import work
from app.leaks.cli import leaks
from app.mailings.cli import why
from app.newsletter.cli import newsletter
from app.search.cli import search
from app.storage.cli import storage

audit = AppGroup("audit", help="The log of who did what.")


SAID = {
    "changed": "Entry {} does not follow from the one before it.",
    "cut off": "The log does not end as it should: entry {} was its last.",
    "not as it was kept": "Entry {} is not the one whose digest was kept.",
}


@audit.command("verify")
@click.option("--kept", default="", metavar="'NUMBER DIGEST'", help="What `flask audit head` said once.")
def verify(kept: str) -> None:
    """Say whether the log is whole; end with 1 when it is not."""
    if kept and not re.fullmatch("[0-9]{1,18} [0-9a-f]{64}", kept):
        raise click.BadParameter("that is not a number and a digest", param_hint="--kept")
    broken = list(faults(kept))
    for fault in broken:
        click.echo(SAID[fault.kind].format(fault.entry_id))
    if broken:
        raise SystemExit(1)
    click.echo("The log is whole.")


@audit.command("head")
def tell_head() -> None:
    """Tell the number and the digest of the last entry, to be kept where the database's owner cannot change it."""
    click.echo(head())


@click.command("seed")
@click.option("--if-empty", is_flag=True, help="Do nothing when there are accounts already.")
@with_appcontext
def seed(if_empty: bool) -> None:
    """Fill an empty newsroom with the demonstration, and tell its accounts."""
    from app.demo.seed import is_empty, seed_newsroom, told  # brings drawing along, which no page needs

    if is_empty():
        seed_newsroom(tell=click.echo)
    elif not if_empty:
        raise click.ClickException("This newsroom is not empty: the demonstration would mix with its texts.")
    click.echo(told())


def init_commands(app: Flask) -> None:
    """Give ``flask`` our commands; `flask db` is there already, and is told of ours if a command is running."""
    newsletter.add_command(why)
    for command in (work, seed, officer, audit, search, leaks, storage, newsletter):
        app.cli.add_command(command)
    if click.get_current_context(silent=True) is not None:
        init_migrations(app)


def init_migrations(app: Flask) -> None:
    """Let ``app`` bring its tables up to date. A web process never does, and has a tenth more memory for it."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
