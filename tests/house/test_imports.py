"""Which way things flow: rooms look down, shelves keep to theirs, and there are no circles."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"

# Lowest first; a room sees the floors below its own. Whatever is not named is the ground.
FLOORS = (
    ("accounts",),
    ("proving",),
    ("media_users",),
    ("accreditation",),
    ("editorial",),
    ("library",),
    ("writing",),
    ("teamwork", "embargoes"),
    ("downloads",),
    ("releases", "events", "topics", "videos", "photos", "directory"),
    ("search", "feeds", "newsletter"),
    ("mailings",),
    ("issues",),
    ("desk", "front", "logbook", "leaks", "planning"),
    ("demo",),
)
ROOF = {"blueprints", "wiring", "cli", "menus", "pagenames"}

# What a shelf never sees of its own room, and the libraries that it never touches.
NEVER = {
    "models": {"service", "forms", "views", "desk", "jobs", "mails", "queries", "rules", "guards"},
    "rules": {"service", "forms", "views", "desk", "jobs", "mails", "queries"},
    "queries": {"service", "forms", "views", "desk", "jobs", "mails"},
    "service": {"forms", "views", "desk", "jobs", "mails", "guards"},
    "forms": {"service", "views", "desk", "jobs", "mails"},
    "guards": {"service", "views", "desk", "jobs", "mails"},
    "views": {"mails", "jobs"},
    "desk": {"mails", "jobs"},
    "jobs": {"views", "desk", "forms"},
    "mails": {"models", "rules", "queries", "service", "forms", "guards", "views", "desk", "jobs"},
}
REQUEST_FREE = {"models", "rules", "queries", "service", "jobs"}
ONE_USER = {
    "bleach": {"app/text/markup.py"},
    "nh3": {"app/text/markup.py"},
    "huey": {"app/jobs/carrying.py"},
    "PIL": {
        "app/library/images.py",  # pictures of texts, in the web process
        "app/library/studio/pixels.py",  # opening
        "app/library/studio/photos.py",  # sizes
        "app/library/studio/labels.py",  # what a photo says of itself
        "app/library/studio/films.py",  # stills of films
        "app/demo/pictures.py",  # the demonstration draws its own
    },
    "pillow_heif": {"app/library/studio/pixels.py"},
    "defusedxml": {"app/library/studio/labels.py"},
    "imageio_ffmpeg": {"app/library/ffmpeg.py"},
    "pyotp": {"app/accounts/factor.py"},
    "segno": {"app/accounts/factor.py"},
    "argon2": {"app/accounts/hasher.py"},
    "flask_mail": {"app/mail/post.py"},
    "boto3": {"app/storage/s3.py"},
    "botocore": {"app/storage/s3.py"},
    "css_inline": {"app/issues/printing.py"},
    "icalendar": {"app/events/calendar.py"},
    "av": {
        *(
            f"app/library/cutting/{hand}.py"
            for hand in ("opening", "reading", "parts", "pictures", "anew", "sound")
        ),
        "app/library/studio/looking.py",
    },
    "webvtt": {"app/library/captions.py"},
    "openpyxl": {"app/newsletter/files.py"},
    "flufl.bounce": {"app/newsletter/bounces.py"},
}


def _modules() -> list[tuple[str, Path]]:
    return [
        (".".join(path.relative_to(APP).with_suffix("").parts), path)
        for path in sorted(APP.rglob("*.py"))
        if "drawing" not in path.parts
    ]


@cache  # a dozen tests ask for each
def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def _room(module: str) -> str:
    return module.split(".")[0]


def _floor(room: str) -> int:
    if room == "__init__":
        return len(FLOORS) + 1
    if room in ROOF:
        return len(FLOORS)
    return next((number for number, rooms in enumerate(FLOORS) if room in rooms), -1)


@pytest.mark.parametrize(
    ("module", "path"), _modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_room_sees_only_the_floors_below(module: str, path: Path) -> None:
    room = _room(module)
    for seen in _imports(path):
        if not seen.startswith("app."):
            continue
        other = _room(seen.removeprefix("app."))
        if other == room or (_floor(other) == -1 and _floor(room) == -1):
            continue
        assert _floor(other) < _floor(room), f"{module} looks up or aside to {seen}"


@pytest.mark.parametrize(
    ("module", "path"), _modules(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_a_shelf_keeps_to_what_it_may_see(module: str, path: Path) -> None:
    room, _, shelf = module.partition(".")
    shelf = shelf.partition(".")[0]  # a long shelf is a folder
    if _floor(room) == -1 or shelf not in NEVER:
        return
    for seen in _imports(path):
        same_room = seen.startswith(f"app.{room}.") or seen == f"app.{room}"
        if same_room and seen.count(".") >= 2:
            assert seen.split(".")[2] not in NEVER[shelf], f"{module} sees {seen}"
    if shelf in REQUEST_FREE:
        assert not _imports(path) & {
            "flask.request",
            "flask.session",
            "flask.g",
            "flask_login.current_user",
        }, module


@pytest.mark.parametrize("library", ONE_USER)
def test_an_insulated_library_has_one_user(library: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for _, path in _modules()
        if any(seen == library or seen.startswith(f"{library}.") for seen in _imports(path))
    }
    assert users == ONE_USER[library]


def test_nothing_imports_a_name_from_the_app_itself() -> None:
    for module, path in _modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "app":
                for name in node.names:
                    is_module = (APP / f"{name.name}.py").exists() or (APP / name.name).is_dir()
                    assert is_module, f"{module} imports {name.name} from app itself"


def test_there_are_no_circles() -> None:
    names = {f"app.{module}".removesuffix(".__init__") for module, _ in _modules() if module != "__init__"}
    sees = {
        f"app.{module}".removesuffix(".__init__"): {seen for seen in _imports(path) if seen in names}
        for module, path in _modules()
    }
    done: set[str] = set()

    def walk(module: str, way: tuple[str, ...]) -> None:
        assert module not in way, " → ".join((*way[way.index(module) :], module))
        if module in done:
            return
        for seen in sees.get(module, ()):
            if seen != module:
                walk(seen, (*way, module))
        done.add(module)

    for module in sees:
        walk(module, ())


def test_only_acts_commit_and_only_the_clock_reads_the_time() -> None:
    may_commit = {"acts", "jobs.turns", "jobs.pulse", "jobs.sweep", "database"}
    for module, path in _modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            call = ast.unparse(node.func)
            assert not (call == "db.session.commit" and module not in may_commit), f"{module} commits"
            if module != "clock":
                assert call not in ("datetime.now", "datetime.utcnow", "time.time", "date.today"), (
                    f"{module}: {call}"
                )


def test_what_is_public_is_compared_in_one_place() -> None:
    for module, path in _modules():
        if _room(module) in ("editorial", "demo") or module == "web.standing":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare) and "Edition.public_from" in ast.unparse(node):
                assert module in ("desk.queries", "writing.queries", "leaks.queries", "planning.queries"), (
                    f"{module} decides what is public"
                )
