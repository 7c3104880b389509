"""The doors, in the order in which a visitor meets them."""

from __future__ import annotations

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter

from app.accounts.desk.people import desk as people
from app.accounts.desk.settings import desk as settings
from app.accounts.views.door import desk as accounts_door
from app.accounts.views.factor import desk as second_factor
from app.accreditation.desk import desk as accreditation
from app.desk.mailbox import mailbox
from app.desk.views import desk as desk_door
from app.directory.desk import desk as directory
from app.downloads.desk import desk as taken
from app.downloads.views import public as downloads
from app.editorial.hour import init_hour, keep_the_hour
from app.embargoes.desk import desk as early_access
from app.embargoes.views import public as embargoes
from app.events import section as events_section
from app.events.desk import desk as events_desk
from app.events.views import public as events
from app.feeds import views as feeds
from app.front import views as front
from app.issues.desk import desk as issues
from app.issues.views import archive
from app.issues.views import links as issue_links
from app.library import browsing as media
from app.library import views as library
from app.library.uploads.desk import desk as uploads
from app.logbook.views import desk as logbook
from app.media_users.views import account
from app.newsletter.desk import desk as subscribers
from app.newsletter.views import newsletter, open_newsletter, reports
from app.photos import section as photos_section
from app.photos.desk import desk as photos_desk
from app.photos.views import bare as photo_files
from app.photos.views import own as photo_downloads
from app.photos.views import public as photos
from app.planning.views import desk as planning
from app.releases import section as releases_section
from app.releases.views import public as releases
from app.search.views import public as search
from app.teamwork.desk import desk as teamwork
from app.teamwork.views import public as previews
from app.topics import section as topics_section
from app.topics.desk import desk as questions
from app.topics.views import public as topics
from app.videos import section as videos_section
from app.videos.desk import desk as videos_desk
from app.videos.views import files as caption_files
from app.videos.views import public as videos
from app.writing.desk import desk as writing
from app.writing.sections import Folder, arrange

SPEAKS = "/<any(fr, en, uk):speaks>"
SECTIONS = (
    releases_section.releases,
    events_section.events,
    topics_section.topics,
    videos_section.videos,
    photos_section.photos,
)  # what is written at the desk, in the order of its menu


class Number(IntegerConverter):
    """A number in an address: one that no row of ours can have leads nowhere."""

    def __init__(self, map: Any, **known: Any) -> None:
        super().__init__(map, **({"max": 2**31 - 1} | known))


def open_doors(app: Flask) -> None:
    """Register every blueprint; public pages have their language in front."""
    arrange(SECTIONS)
    app.url_map.converters["int"] = Number
    app.url_map.converters["section"] = Folder
    init_hour(app)
    for door in (
        front.public, releases, events, topics, media.public, videos, photos, search, feeds.public, archive,
        issue_links,
    ):  # fmt: skip
        app.before_request_funcs.setdefault(door.name, []).append(keep_the_hour)
    app.register_blueprint(front.bare)
    app.register_blueprint(front.public, url_prefix=SPEAKS)
    app.register_blueprint(releases, url_prefix=SPEAKS)
    app.register_blueprint(events, url_prefix=SPEAKS)
    app.register_blueprint(topics, url_prefix=SPEAKS)
    app.register_blueprint(media.public, url_prefix=SPEAKS)
    app.register_blueprint(videos, url_prefix=SPEAKS)
    app.register_blueprint(photos, url_prefix=SPEAKS)
    app.register_blueprint(photo_files)
    app.register_blueprint(photo_downloads, url_prefix=f"{SPEAKS}/media/downloads/photos")
    app.register_blueprint(search, url_prefix=SPEAKS)
    app.register_blueprint(feeds.public, url_prefix=SPEAKS)
    app.register_blueprint(feeds.bare)
    app.register_blueprint(newsletter, url_prefix=f"{SPEAKS}/newsletter")
    app.register_blueprint(archive, url_prefix=f"{SPEAKS}/newsletter/archive")
    app.register_blueprint(issue_links, url_prefix=f"{SPEAKS}/newsletter/go")
    app.register_blueprint(reports)
    app.register_blueprint(account, url_prefix=f"{SPEAKS}/account")
    app.register_blueprint(embargoes, url_prefix=f"{SPEAKS}/account/embargoes")
    app.register_blueprint(downloads, url_prefix=f"{SPEAKS}/media/downloads")
    app.register_blueprint(library.public)
    app.register_blueprint(caption_files)
    app.register_blueprint(uploads)
    app.register_blueprint(previews)
    app.register_blueprint(accounts_door)
    app.register_blueprint(second_factor)
    app.register_blueprint(settings)
    app.register_blueprint(people)
    app.register_blueprint(accreditation)
    if app.config["MODE"] == "development":
        app.register_blueprint(mailbox)
    app.register_blueprint(desk_door)
    app.register_blueprint(events_desk)
    app.register_blueprint(videos_desk)
    app.register_blueprint(photos_desk)
    app.register_blueprint(writing)
    app.register_blueprint(planning)
    app.register_blueprint(teamwork)
    app.register_blueprint(early_access)
    app.register_blueprint(taken)
    app.register_blueprint(logbook)
    app.register_blueprint(subscribers)
    app.register_blueprint(issues)
    app.register_blueprint(questions)
    app.register_blueprint(directory)
    open_newsletter(app)
