"""What a process of its own does of a sending, in the newsroom that the settings describe; called by bench.newsletter.

    python -m bench.mailings add 100000     subscribers who want everything, each on three topics of twelve
    python -m bench.mailings plan           an issue made by hand, for all of them
    python -m bench.mailings digest         what is new this week, for each on their topics
    python -m bench.mailings carry          what was planned and waits

Each prints what it took as JSON: mails, seconds, and the largest memory that the process ever had.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import func, insert, select

from app import clock, create_app
from app.acts import act
from app.database import db
from app.editorial.models import Topic
from app.issues.service import summarise
from app.mailings import service
from app.mailings.carrier import Carrier
from app.newsletter.models import Issue, IssueKind, Subscriber, SubscriberTopic
from bench.fill import TOPICS
from tests.mailings import mailing

BODY = 11_000  # bytes of each mail, about
EACH = 3  # topics of a subscriber
MB = 1000 * 1000


@dataclass(frozen=True)
class Took:
    """What a step took: how many mails it was about, seconds, and MB of memory at the peak of its process."""

    mails: int
    seconds: float
    peak_mb: float

    @property
    def per_second(self) -> float:
        """Mails in a second."""
        return self.mails / self.seconds


def peak_mb(pid: int | str = "self") -> float:
    """Return the largest memory that a process ever had, in MB, by the kernel's books."""
    # Not getrusage: it counts in what the process was before its program began, a copy of the one that started it.
    found = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) * 1024 / MB if found else 0.0


def add(number: int) -> int:
    """Add so many subscribers."""
    languages = ("fr", "en", "uk")
    for place, code in enumerate(languages):
        share = len(range(place, number, len(languages)))
        mailing.readers(share, name=code, language=code, wants_friday=True, has_all_topics=False)
    _choose_topics()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")
    return number


@act
def _choose_topics() -> None:
    """Let everybody choose three topics, far apart in the list."""
    chosen = select(Topic.id, Subscriber.id).join(
        Subscriber, (Subscriber.id + Topic.id) % (TOPICS // EACH) == 0
    )
    db.session.execute(insert(SubscriberTopic).from_select(["topic_id", "subscriber_id"], chosen))


def plan() -> int:
    """Plan an issue made by hand."""
    return _planned(service.start(mailing.issue(size=BODY // 4)))


def digest() -> int:
    """Choose what is new for each subscriber, and plan it."""
    issue = summarise(IssueKind.WEEKLY, clock.now())
    assert issue is not None, "there is one already"
    return _planned(issue)


def _planned(issue: Issue) -> int:
    while service.plan_window(issue.id):
        pass
    return issue.recipients


def carry() -> int:
    """Carry all that waits."""
    return Carrier("bench", seconds=3600, beat=lambda done: None, is_stopping=lambda: False).run()


STEPS: dict[str, Callable[..., int]] = {"add": add, "plan": plan, "digest": digest, "carry": carry}


def main(step: str, *numbers: str) -> None:
    """Do one step, and print what it took."""
    with create_app().app_context():
        db.session.scalar(select(func.count()).select_from(Topic))  # connected before the clock runs
        db.session.rollback()
        began = time.perf_counter()
        mails = STEPS[step](*map(int, numbers))
        print(json.dumps(asdict(Took(mails, time.perf_counter() - began, peak_mb()))))


if __name__ == "__main__":
    main(*sys.argv[1:])
