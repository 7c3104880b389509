"""flask work · flask seed · flask officer add · flask audit verify · flask search rebuild"""

from __future__ import annotations

import click
from flask import Flask
from flask.cli import AppGroup, with_appcontext

import config
from app.accounts.cli import officer
from app.audit.log import faults
from app.database import db
from app.jobs.work import work
from app.search.cli import search

audit = AppGroup("audit", help="The log of who did what.")


@audit.command("verify")
def verify() -> None:
    """Say whether the log is whole; end with 1 when it is not."""
    broken = list(faults())
    for entry_id in broken:
        click.echo(f"Entry {entry_id} does not follow from the one before it.")
    if broken:
        raise SystemExit(1)
    click.echo("The log is whole.")


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
    for command in (work, seed, officer, audit, search):
        app.cli.add_command(command)
    if click.get_current_context(silent=True) is not None:
        init_migrations(app)


def init_migrations(app: Flask) -> None:
    """Let ``app`` bring its tables up to date. A web process never does, and has a tenth more memory for it."""
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(config.ROOT / "migrations"), render_as_batch=True)
