"""Every setting of Communiqué, read once from the environment (and a ``.env`` file beside it).

A setting has a name, a default, a unit and a reason. The README lists them all, and a test
compares the two, so that no setting can be added in silence. Nothing else reads the environment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parent
LANGUAGES = ("fr", "en", "uk")
# A database that is away is told within 3 seconds, not after the driver's own patience.
POSTGRESQL = {"pool_pre_ping": True, "pool_timeout": 2, "connect_args": {"connect_timeout": 2}}
DEFAULT_SECRET = "only-for-a-newsroom-on-this-machine"


class BadSettings(Exception):
    """The newsroom must not start with these settings; the message says why, a line each."""


def _text(value: str) -> str:
    return value.strip()


def _flag(value: str) -> bool:
    known = {
        "1": True,
        "true": True,
        "yes": True,
        "on": True,
        "0": False,
        "false": False,
        "no": False,
        "off": False,
    }
    try:
        return known[value.strip().lower() or "0"]
    except KeyError:
        raise ValueError("use 1 or 0") from None


def _count(value: str) -> int:
    number = int(value)
    if number < 0:
        raise ValueError("use 0 or more")
    return number


def _hour(value: str) -> int:
    number = int(value)
    if not 0 <= number <= 23:
        raise ValueError("use 0 to 23")
    return number


def _list(value: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in value.split(",") if part.strip())


def _zone(value: str) -> ZoneInfo:
    try:
        return ZoneInfo(value.strip())
    except Exception as error:
        raise ValueError("use the name of a time zone, for example Europe/Brussels") from error


def _mode(value: str) -> str:
    if value not in ("development", "production"):
        raise ValueError("use development or production")
    return value


def _second_factor(value: str) -> str:
    if value not in ("", "required", "optional"):
        raise ValueError("use required or optional")
    return value


def _by_language(value: str) -> dict[str, str]:
    """Read "fr=…; en=…; uk=…", or one text for all three."""
    parts = [part.partition("=") for part in value.split(";")]
    named = {code.strip(): words.strip() for code, _, words in parts if words.strip()}
    if not named:
        named = dict.fromkeys(LANGUAGES, value.strip())
    if set(named) != set(LANGUAGES) or not all(named.values()):
        raise ValueError("use one name, or fr=…; en=…; uk=…")
    return named


def _policy(value: str) -> dict[str, str]:
    """Read "original=account, web=public": who may take which whole file."""
    found = dict.fromkeys(("original", "hd", "web"), "account")
    for part in filter(None, (each.strip() for each in value.split(","))):
        name, _, who = (each.strip() for each in part.partition("="))
        if name not in found or who not in ("account", "public"):
            raise ValueError("use original, hd and web, each =account or =public")
        found[name] = who
    return found


def _by_language_or_not(value: str) -> dict[str, str]:
    return _by_language(value) if value.strip() else {}


def _keep_or_drop(value: str) -> str:
    value = value.strip().lower()
    if value not in ("drop", "keep"):
        raise ValueError("use drop or keep")
    return value


def _internal(value: str) -> str:
    value = value.strip()
    if value and not re.fullmatch(r"/[a-z0-9_\-]+/", value):
        raise ValueError("use a path such as /_files/, with a slash at both ends")
    return value


def _address(value: str) -> str:
    value = value.strip().rstrip("/")
    if value and not re.fullmatch(r"https?://[A-Za-z0-9.\-\[\]:]+", value):
        raise ValueError("use an address such as https://newsroom.example.org, without a path")
    return value


@dataclass(frozen=True)
class Setting:
    """One setting: how it is called, what it is when nobody says, how it is read, its unit, and why it exists."""

    name: str
    default: str
    read: Callable[[str], Any]
    unit: str
    why: str


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "MODE",
        "development",
        _mode,
        "development or production",
        "production refuses what is only safe on one's own machine",
    ),
    Setting(
        "SECRET_KEY",
        DEFAULT_SECRET,
        _text,
        "text, 32 characters or more",
        "signs cookies, form tokens and links",
    ),
    Setting(
        "PUBLIC_URL",
        "",
        _address,
        "address without path",
        "links in feeds, mails and share cards; never taken from a request. Empty: http://HOST:PORT",
    ),
    Setting(
        "ALLOWED_HOSTS",
        "",
        _list,
        "host names, comma-separated",
        "any other Host header is answered 400. Empty: the host of PUBLIC_URL, and this machine's in development",
    ),
    Setting(
        "TRUSTED_PROXIES",
        "0",
        _count,
        "proxies",
        "how many X-Forwarded-* entries were written by our own proxies; 0 believes none",
    ),
    Setting("HOST", "127.0.0.1", _text, "address", "where the web server listens"),
    Setting("PORT", "8000", _count, "port", "where the web server listens"),
    Setting("WEB_WORKERS", "2", _count, "processes", "web processes; one per core serves best"),
    Setting(
        "WEB_THREADS",
        "4",
        _count,
        "threads",
        "requests that one web process answers at the same time; one of them hashes, and one never waits for that",
    ),
    Setting(
        "WORK_THREADS",
        "2",
        _count,
        "threads",
        "jobs that one worker does at the same time, besides one that somebody waits for",
    ),
    Setting(
        "ENCODE_THREADS",
        "0",
        _count,
        "threads",
        "films that one worker cuts or encodes at the same time; 0: one for each core",
    ),
    Setting(
        "INSTANCE_DIR",
        "instance",
        _text,
        "folder",
        "everything that this newsroom keeps on disk: database, queue, pictures",
    ),
    Setting(
        "DATABASE_URL",
        "",
        _text,
        "SQLAlchemy address",
        "PostgreSQL for several machines. Empty: SQLite in INSTANCE_DIR",
    ),
    Setting(
        "REDIS_URL",
        "",
        _text,
        "redis:// address",
        "queue and limits shared by several machines. Empty: files in INSTANCE_DIR",
    ),
    Setting(
        "S3_BUCKET",
        "",
        _text,
        "name of a bucket",
        "files for several machines, in a store that speaks S3. Empty: files in INSTANCE_DIR",
    ),
    Setting(
        "S3_ENDPOINT", "", _address, "address", "where the store listens. Empty: Amazon's own, in S3_REGION"
    ),
    Setting("S3_REGION", "us-east-1", _text, "region", "where the bucket is; many stores do not mind"),
    Setting("S3_ACCESS_KEY", "", _text, "text", "our name at the store"),
    Setting("S3_SECRET_KEY", "", _text, "text", "signs what we ask of the store"),
    Setting(
        "S3_SIGNED_MINUTES",
        "0",
        _count,
        "minutes",
        "downloads come from the store itself, at addresses that it signs for so long; 0: through the newsroom",
    ),
    Setting(
        "X_ACCEL",
        "",
        _internal,
        "path",
        "an internal location of nginx with INSTANCE_DIR/files behind it, which then hands out files in our stead; see"
        " deploy/communique-locations.conf",
    ),
    Setting(
        "LONG_THREADS",
        "2",
        _count,
        "threads",
        "large files that one web process gives or takes at the same time, so that slow lines never hold all of"
        " WEB_THREADS; who comes then is asked to wait some seconds",
    ),
    Setting(
        "STAGING_DIR",
        "",
        _text,
        "folder",
        "where uploads grow until they are whole; web and worker machines share it. Empty: INSTANCE_DIR/staging",
    ),
    Setting(
        "MIN_FREE_GB",
        "2",
        _count,
        "GB",
        "so much of the disk stays free: an upload that would leave less is refused, in words",
    ),
    Setting(
        "ZONE", "Europe/Brussels", _zone, "time zone", "the office's zone: hours are typed and shown in it"
    ),
    Setting(
        "ORGANISATION",
        "fr=Secrétariat international; en=International Secretariat; uk=Міжнародний секретаріат",
        _by_language,
        "a name, or one for each language",
        "the organisation whose newsroom this is",
    ),
    Setting(
        "PRESS_PHONE",
        "+32 2 555 01 48",
        _text,
        "telephone number",
        "the press office, day and night; also on error pages",
    ),
    Setting(
        "PRESS_EMAIL", "press@example.org", _text, "e-mail address", "the press office; also on error pages"
    ),
    Setting(
        "MAIL_SERVER",
        "",
        _text,
        "host name",
        "hands out our mails. Empty, never in production: mails are kept in INSTANCE_DIR and shown at /dev/mail",
    ),
    Setting("MAIL_PORT", "587", _count, "port", "where the mail server listens"),
    Setting(
        "MAIL_USE_TLS",
        "1",
        _flag,
        "1 or 0",
        "STARTTLS, with the server's certificate checked; 0 only for a mail server on this machine",
    ),
    Setting(
        "MAIL_USE_SSL", "0", _flag, "1 or 0", "TLS from the first byte on, as servers on port 465 want it"
    ),
    Setting("MAIL_USERNAME", "", _text, "text", "our name at the mail server. Empty: it asks for none"),
    Setting("MAIL_PASSWORD", "", _text, "text", "our password at the mail server"),
    Setting("MAIL_SENDER", "", _text, "e-mail address", "whom our mails are from. Empty: PRESS_EMAIL"),
    Setting(
        "MAIL_TIMEOUT_SECONDS",
        "10",
        _count,
        "seconds",
        "how long one answer of the mail server is waited for",
    ),
    Setting(
        "NEWSLETTER_CONNECTIONS",
        "16",
        _count,
        "connections",
        "to the mail server at once, for one sending process; a killed one leaves at most so many mails in doubt",
    ),
    Setting(
        "NEWSLETTER_CARRIERS",
        "1",
        _count,
        "jobs",
        "that send at the same time, over all workers; each has its own connections",
    ),
    Setting(
        "NEWSLETTER_EACH_SECOND",
        "0",
        _count,
        "mails each second",
        "at most, for each sending job, where the mail server asks for it. 0: as fast as it takes them",
    ),
    Setting(
        "NEWSLETTER_DOMAIN_EACH_MINUTE",
        "0",
        _count,
        "mails each minute",
        "at most to one domain, for each sending job; large providers slow down who is faster. 0: no limit",
    ),
    Setting(
        "NEWSLETTER_REFUSED_PERCENT",
        "10",
        _count,
        "percent",
        "of mails refused for good, after the first hundred, at which a sending holds itself. 0: never",
    ),
    Setting(
        "DKIM_KEY_FILE",
        "",
        _text,
        "file",
        "private key (PEM, RSA from 2048 bits or Ed25519) that signs what goes to subscribers. Empty: not signed",
    ),
    Setting("DKIM_DOMAIN", "", _text, "domain", "that signs. Empty: the domain of MAIL_SENDER"),
    Setting("DKIM_SELECTOR", "news", _text, "word", "under which the public key stands in the DNS"),
    Setting(
        "DEMO",
        "1",
        _flag,
        "1 or 0",
        "fills an empty newsroom with a demonstration, and says so on every page; never in production",
    ),
    Setting(
        "PAGE_CACHE_MB",
        "32",
        _count,
        "MB for each web process",
        "finished public pages kept in memory; 0 turns the cache off",
    ),
    Setting(
        "SHARED_CACHE_SECONDS",
        "10",
        _count,
        "seconds",
        "how long a proxy may keep a public page; never beyond the next embargo moment",
    ),
    Setting(
        "SWEEP_SECONDS", "2", _count, "seconds", "how often the worker looks for what is due or was lost"
    ),
    Setting(
        "JOB_LOST_SECONDS",
        "60",
        _count,
        "seconds without a sign of life",
        "after this a running job counts as lost with its worker and is done again",
    ),
    Setting("JOB_ATTEMPTS", "3", _count, "tries", "after this many a failing job is parked with its reason"),
    Setting("SESSION_IDLE_MINUTES", "480", _count, "minutes", "a session unused for this long ends"),
    Setting("SESSION_HOURS", "24", _count, "hours", "a session ends after this, used or not"),
    Setting(
        "FORM_MINUTES",
        "480",
        _count,
        "minutes",
        "how long a form may stay open; what was typed is kept beyond",
    ),
    Setting(
        "SECOND_FACTOR",
        "",
        _second_factor,
        "required or optional",
        "whether officers need a second factor. Empty: required, and optional in a demonstration, whose accounts share"
        " their passwords with everybody",
    ),
    Setting(
        "LOGIN_TRIES",
        "5",
        _count,
        "wrong passwords in 15 minutes",
        "for one address from one network; then wait, known address or not",
    ),
    Setting(
        "LOGIN_TRIES_NETWORK",
        "100",
        _count,
        "wrong passwords in an hour",
        "from one network, over all addresses",
    ),
    Setting(
        "LOGIN_TRIES_HOUR",
        "10",
        _count,
        "wrong passwords in an hour",
        "for one address from everywhere; a new password, set by a code from a mail, lets its owner in at once",
    ),
    Setting(
        "LOGIN_BRAKE",
        "60",
        _count,
        "wrong passwords in a minute",
        "from everybody, ten times what is usual: beyond it each log-in waits five seconds",
    ),
    Setting(
        "REGISTRATIONS_NETWORK",
        "20",
        _count,
        "registrations in an hour",
        "from one network: each sends a mail to somebody's address",
    ),
    Setting(
        "REGISTRATION_CLOSED",
        "",
        _by_language_or_not,
        "a sentence, or one for each language",
        "why nobody can register at present, shown instead of the form. Empty: registration is open",
    ),
    Setting(
        "REMEMBER_DAYS",
        "60",
        _count,
        "days",
        "how long a media user's browser is remembered after its last visit",
    ),
    Setting(
        "CODES_HOUR",
        "5",
        _count,
        "mailed codes in an hour",
        "to one address, known or not: nobody's inbox is filled through us",
    ),
    Setting("CODES_DAY", "10", _count, "mailed codes in a day", "to one address"),
    Setting(
        "CODES_NETWORK",
        "20",
        _count,
        "mailed codes in an hour",
        "asked for from one network, over all addresses",
    ),
    Setting(
        "CODE_TRIES_DAY",
        "15",
        _count,
        "wrong codes in a day",
        "for one address; then a right one is called wrong, unless it comes by the link in the mail",
    ),
    Setting(
        "CODE_TRIES_NETWORK",
        "50",
        _count,
        "wrong codes in an hour",
        "from one network, over all addresses",
    ),
    Setting(
        "PHOTO_PLACES",
        "drop",
        _keep_or_drop,
        "drop or keep",
        "whether the original of a photo, as it is given out, tells the coordinates where it was taken; sizes never do",
    ),
    Setting(
        "SUBSCRIPTIONS_NETWORK",
        "20",
        _count,
        "requests in an hour",
        "for the newsletter, from one network: each sends a mail to somebody's address",
    ),
    Setting(
        "SUBSCRIPTIONS_CLOSED",
        "",
        _by_language_or_not,
        "a sentence, or one for each language",
        "why nobody can subscribe at present, shown instead of the form. Empty: the newsletter is open",
    ),
    Setting(
        "DIGEST_HOUR",
        "17",
        _hour,
        "hour, 0 to 23",
        "when summaries go out, by the clock of ZONE: each day, and on Fridays",
    ),
    Setting(
        "COUNT_CLICKS",
        "0",
        _flag,
        "1 or 0",
        "counts by issue and day how often each link to our pages in the newsletter is followed; never by whom",
    ),
    Setting(
        "POSTAL_ADDRESS",
        "fr=Rue de la Presse 1, 1000 Bruxelles, Belgique; en=1 Press Street, 1000 Brussels, Belgium;"
        " uk=вул. Пресова, 1, 1000 Брюссель, Бельгія",
        _by_language,
        "an address, or one for each language",
        "stands at the end of each issue of the newsletter, as the law of many countries asks",
    ),
    Setting(
        "BOUNCE_ADDRESS",
        "",
        _text,
        "e-mail address",
        "where mails of the newsletter come back that cannot be delivered; each has a signed word after a + in it, so"
        " the server must keep what follows a +. Empty: they come back to MAIL_SENDER, and say nothing of whose they"
        " were",
    ),
    Setting(
        "BOUNCE_MAILBOX",
        "",
        _text,
        "imaps:// address",
        "the mailbox of BOUNCE_ADDRESS, name and password included, that `newsletter bounces --mailbox` reads",
    ),
    Setting(
        "BOUNCE_SECRET",
        "",
        _text,
        "text, 32 characters or more",
        "signs what a mail provider reports of bounces and complaints. Empty: nobody can report any",
    ),
    Setting("UPLOAD_MB", "12", _count, "MB", "largest picture that an officer may add to a release"),
    Setting(
        "DOWNLOAD_POLICY",
        "original=account, hd=account, web=public",
        _policy,
        "original, hd, web, each =account or =public",
        "who may take which whole file, or several as a ZIP; previews are public, parts always need a media account",
    ),
    Setting(
        "PARTS_AT_ONCE", "5", _count, "parts", "of one account that wait or are being made at the same time"
    ),
    Setting("PARTS_DAY", "50", _count, "parts in 24 hours", "that one account may ask for"),
    Setting(
        "PART_MINUTES_DAY",
        "300",
        _count,
        "minutes in 24 hours",
        "of video, all parts of one account together",
    ),
    Setting(
        "PART_MINUTES", "60", _count, "minutes", "longest part; a whole video may be longer, in any format"
    ),
    Setting(
        "PART_HOURS", "168", _count, "hours", "how long a prepared part is kept after it was last asked for"
    ),
    Setting(
        "VIDEO_GB",
        "100",
        _count,
        "GB",
        "largest video that may be uploaded, in pieces that go on after a break",
    ),
    Setting("PHOTO_MB", "250", _count, "MB", "largest photo that may be uploaded"),
    Setting(
        "PLAIN_UPLOAD_MB",
        "500",
        _count,
        "MB",
        "largest upload in one piece, for who has no script; nginx's client_max_body_size of /desk/media/ goes with it",
    ),
    Setting(
        "UPLOAD_DAYS",
        "7",
        _count,
        "days",
        "so long an upload that was not sent to its end waits to be gone on with",
    ),
    Setting(
        "LOG_JSON", "0", _flag, "1 or 0", "one JSON line per event for a log collector; 0 writes plain lines"
    ),
)


def read(environ: Mapping[str, str], *, root: Path = ROOT) -> dict[str, Any]:
    """Return Flask's configuration made of ``environ``; raise BadSettings with a line for each fault.

    What follows from settings (paths, addresses, cookies) is worked out here once, so that no
    other module has to know how.
    """
    values: dict[str, Any] = {}
    faults = []
    for setting in SETTINGS:
        typed = environ.get(setting.name, setting.default)
        try:
            values[setting.name] = setting.read(typed)
        except ValueError as error:
            faults.append(f"{setting.name}={typed!r}: {error}.")
    if faults:
        raise BadSettings("\n".join(faults))

    faults = _unsafe(values, environ)
    if values["S3_BUCKET"] and not (values["S3_ACCESS_KEY"] and values["S3_SECRET_KEY"]):
        faults.append(
            "S3_BUCKET is set without S3_ACCESS_KEY and S3_SECRET_KEY: no file could be kept. Set both."
        )
    if faults:
        raise BadSettings("\n".join(faults))

    values["DEMO"] = values["DEMO"] and values["MODE"] == "development"
    values["SECOND_FACTOR"] = values["SECOND_FACTOR"] or ("optional" if values["DEMO"] else "required")
    instance = Path(values["INSTANCE_DIR"])
    values["INSTANCE_DIR"] = instance if instance.is_absolute() else root / instance
    staging = Path(values["STAGING_DIR"] or values["INSTANCE_DIR"] / "staging")
    values["STAGING_DIR"] = staging if staging.is_absolute() else root / staging
    values["PUBLIC_URL"] = values["PUBLIC_URL"] or f"http://{values['HOST']}:{values['PORT']}"
    values["ALLOWED_HOSTS"] = values["ALLOWED_HOSTS"] or _hosts(values)
    values["MAIL_SENDER"] = values["MAIL_SENDER"] or values["PRESS_EMAIL"]
    values["MAIL_TIMEOUT_SECONDS"] = max(1, values["MAIL_TIMEOUT_SECONDS"])
    return values | _flask(values)


def _unsafe(values: dict[str, Any], environ: Mapping[str, str]) -> list[str]:
    """Say why production must not start with ``values``."""
    if values["MODE"] != "production":
        return []
    faults = []
    if values["SECRET_KEY"] == DEFAULT_SECRET or len(values["SECRET_KEY"]) < 32:
        faults.append(
            "SECRET_KEY is the default or shorter than 32 characters: anybody could sign a cookie. Set one of your own."
        )
    if not values["PUBLIC_URL"]:
        faults.append(
            "PUBLIC_URL is empty: links in feeds and mails would point to this machine. Set the newsroom's address."
        )
    if not values["MAIL_SERVER"]:
        faults.append(
            "MAIL_SERVER is empty: nobody could be invited, or told that their account was changed. Set the one to use."
        )
    if environ.get("FLASK_DEBUG", "0") not in ("", "0", "false"):
        faults.append("FLASK_DEBUG is on: an error would show the code to readers. Unset it.")
    return faults


def _hosts(values: dict[str, Any]) -> tuple[str, ...]:
    own = (urlsplit(values["PUBLIC_URL"]).hostname or "",)
    return own if values["MODE"] == "production" else (*own, "127.0.0.1", "localhost")


def _flask(values: dict[str, Any]) -> dict[str, Any]:
    """Work out what the libraries want to be told."""
    secure = values["PUBLIC_URL"].startswith("https://")
    database = values["DATABASE_URL"] or f"sqlite:///{values['INSTANCE_DIR'] / 'newsroom.sqlite'}"
    database = re.sub(r"^postgres(ql)?://", "postgresql+psycopg://", database)
    return {
        "SQLALCHEMY_DATABASE_URI": database,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True}
        | ({} if database.startswith("sqlite") else POSTGRESQL),
        # Browsers do not keep cookies of two ports apart: two newsrooms on one machine need two names.
        "SESSION_COOKIE_NAME": "__Host-session" if secure else f"session-{values['PORT']}",
        "REMEMBERED_COOKIE": "__Host-remember" if secure else f"remember-{values['PORT']}",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_REFRESH_EACH_REQUEST": False,
        "WTF_CSRF_TIME_LIMIT": values["FORM_MINUTES"] * 60,
        "WTF_CSRF_SSL_STRICT": False,
        "MAX_CONTENT_LENGTH": (values["UPLOAD_MB"] + 4) * 1024 * 1024,
        # A body of text may be 512 kB of UTF-8, which a form encodes in up to three times as much.
        "MAX_FORM_MEMORY_SIZE": 4 * 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "MAIL_SUPPRESS_SEND": False,  # tests hand their mails to a server, too
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": str(ROOT / "app" / "translations"),
        "PREFERRED_URL_SCHEME": "https" if secure else "http",
    }


def environment(root: Path = ROOT) -> dict[str, str]:
    """Return the process environment, completed by ``.env``; what is set in the process wins."""
    import os

    from dotenv import dotenv_values

    beside = {name: value for name, value in dotenv_values(root / ".env").items() if value is not None}
    return beside | dict(os.environ)
