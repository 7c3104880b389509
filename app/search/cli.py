"""flask search rebuild"""

from __future__ import annotations

import click
from flask.cli import AppGroup

from app.editorial import service as editorial
from app.search import queries, service

search = AppGroup("search", help="What readers and officers find texts by.")


@search.command("rebuild")
def rebuild() -> None:
    """Write the indexes anew, a hundred texts at a time; everybody can search meanwhile."""
    done = last = 0
    while some := queries.concerned(after=last, limit=service.AT_ONCE):
        service.rewrite(some)
        done, last = done + len(some), some[-1]
    service.tidy()
    click.echo(f"Texts looked at: {done}")
    last = -1
    while last:
        last = editorial.relist(after=max(last, 0), limit=service.AT_ONCE)
    click.echo("The desk’s own index is written anew, too.")
