"""The demonstration’s newsletter: invented readers, two Friday summaries that reached them, an issue by hand, a draft.

All of it happens by the acts of the rooms, at its hour. No mail leaves: where a mail server is set, nothing is sent.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta

from flask import current_app

from app import clock
from app.accounts.models import Account
from app.issues import queries, rules
from app.issues import service as issues
from app.issues.service import Draft, Words
from app.mailings import service as mailings
from app.mailings.carrier import Carrier
from app.newsletter import files
from app.newsletter import service as newsletter
from app.newsletter.models import Issue, IssueKind, Kind
from app.newsletter.service.importing import Agreed, Reading

READERS = {(Kind.FRIDAY,): 170, (Kind.DAILY, Kind.ADVISORIES): 20, (Kind.EVERY,): 10}
DOMAINS = ("gazette.example", "radio.example", "agency.example", "ministry.example", "university.example")
WORDS = {
    "fr": Words(
        "Rendez-vous de l’automne", "",
        "Bonjour,\n\nVoici ce qu’il ne fallait pas manquer ces dernières semaines.\n\nL’équipe de presse",
    ),
    "en": Words(
        "What to watch this autumn", "",
        "Dear readers,\n\nHere is what not to miss of the last weeks.\n\nThe press team",
    ),
    "uk": Words(
        "Осінні події", "", "Вітаємо!\n\nОсь що варто було побачити за останні тижні.\n\nПресслужба",
    ),
}  # fmt: skip
DRAFT = {"en": Words("Looking ahead", "", "Dear readers,\n\nThe coming weeks at a glance.")}


def seed_letters(by: Account, released: list[int], latest: datetime) -> None:
    """Let readers subscribe, and write to them; ``released`` are items of releases, the newest first, ``latest`` when
    that one was published.
    """
    now = clock.now()
    with clock.at(min(latest, now) - timedelta(days=40)):
        number = 0
        for kinds, many in READERS.items():
            _take_in(kinds, number, many, by)
            number += many
    for due in _fridays(latest, now):
        with clock.at(due):
            issue = issues.summarise(IssueKind.WEEKLY, due)
            if issue is not None and queries.editions(issue.id):
                _carry(issue)
    with clock.at(min(now, latest + timedelta(days=1))):
        made = _made(WORDS, released[2:5], by)
        if not current_app.config["MAIL_SERVER"]:
            _carry(issues.send(made, base=made.version, by=by))
    _made(DRAFT, released[:2], by)


def _fridays(latest: datetime, now: datetime) -> list[datetime]:
    """Return when the summaries were due that tell of the ``latest`` release and of the week before it."""
    here = latest.astimezone(current_app.config["ZONE"])
    day = here.date() + timedelta(days=(rules.FRIDAY - here.weekday()) % 7)
    due = datetime.combine(day, time(current_app.config["DIGEST_HOUR"]), tzinfo=here.tzinfo)
    if due <= latest:
        due += timedelta(days=7)
    return [each for each in (due - timedelta(days=7), due) if each <= now]


def _take_in(kinds: tuple[Kind, ...], first: int, many: int, by: Account) -> None:
    rows = [
        f"reader{number}@{DOMAINS[number % len(DOMAINS)]},{('fr', 'en', 'uk')[number % 3]}"
        for number in range(first, first + many)
    ]
    content = "\n".join(["email,language", *rows]).encode()
    kept = newsletter.begin_import("readers.csv", content, by=by)
    newsletter.set_up_import(kept, Reading("utf-8", ",", True, {"email": 0, "language": 1}))
    day = f"{clock.now():%Y-%m-%d}"
    agreed = Agreed(
        "I would like to receive the newsletter.", "invented for this demonstration", day, "en", kinds
    )
    newsletter.ask_import(kept, agreed, by=by)
    lines = list(files.lines(content, encoding="utf-8", separator=","))[1:]
    newsletter.import_lines(kept.id, lines, start=0, is_last=True)


def _made(words: dict[str, Words], items: list[int], by: Account) -> Issue:
    issue = issues.start(by=by)
    issue = issues.save(issue, Draft({}, words), base=issue.version, by=by)
    for item_id in items:
        issues.add(issue, item_id, by=by)
    return issue


def _carry(issue: Issue) -> None:
    """Do at once what workers would do: plan the issue, and keep its mails."""
    if current_app.config["MAIL_SERVER"]:
        return
    while mailings.plan_window(issue.id):
        pass
    Carrier("demonstration", seconds=60, beat=lambda done: None, is_stopping=lambda: False).run()
    mailings.finish(issue.id)
