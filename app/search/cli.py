"""flask search rebuild"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.search import queries, service

AT_ONCE = 100

search = AppGroup("search", help="The index that readers search.")


@search.command("rebuild")
def rebuild() -> None:
    """Write the index anew, a hundred texts at a time; readers can search meanwhile."""
    done = last = 0
    while some := queries.concerned(after=last, limit=AT_ONCE):
        service.rewrite(some)
        done, last = done + len(some), some[-1]
    service.tidy()
    click.echo(f"Texts looked at: {done}")
