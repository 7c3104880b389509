"""From a passage that a stranger chooses to the file on their disk, with every frame looked at: with script and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app import create_app
from app.acts import act
from app.database import db
from app.downloads import service
from app.editorial.models import State
from app.library.cutting import reading
from app.library.models import Rendition, RenditionState
from app.storage.contract import content_key
from app.storage.store import store
from tests import films
from tests.downloads.conftest import keep_master
from tests.journeys.running import Newsroom
from tests.videos import films as videos
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "Haltestelle-2026!"
FRAMES = 250


@pytest.fixture
def newsroom(tmp_path: Path, built: Path) -> Iterator[Newsroom]:
    """A running newsroom with one public video: ten seconds in which every frame says its number."""
    made = Newsroom(tmp_path / "instance")
    made.flask("db", "upgrade")
    environ = {name: made.environ[name] for name in ("INSTANCE_DIR", "DATABASE_URL") if name in made.environ}
    app = create_app(environ | {"PUBLIC_URL": made.url}, testing=True)
    with app.app_context():
        _publish(tmp_path)
        db.session.remove()
        db.engine.dispose()
    try:
        made.open()
        made.work()
        yield made
    finally:
        made.close()


def _publish(folder: Path) -> None:
    path = films.film(
        folder / "film.mov",
        frames=FRAMES,
        gop=50,
        sounds=(films.Sounding("pcm_s16le"),),
        timecode="10:00:00:00",
    )
    master = keep_master(path)
    with path.open("rb") as file:
        store().put(master.key, file)
    service.keep_index(master.id, reading.read(path).to_json())
    _show(master.id, path.read_bytes())
    videos.video(State.PUBLISHED, film=master, facts={"shots": []}, fields={"shots": {}})


@act
def _show(master_id: int, content: bytes) -> None:
    """Keep what a page needs of a film; what it looks like is not what this is about."""
    from app.library.models import Master

    master = db.session.get_one(Master, master_id)
    master.technical = videos.technical(
        frames=FRAMES, timecode="10:00:00:00", start=900_000, duration_seconds=10.0
    )
    grid = {"pictures": 10, "columns": 10, "rows": 1, "seconds": 1.0, "tile_width": 160, "tile_height": 90}
    for number, (name, ending, mimetype, facts) in enumerate(
        (("preview", "mp4", "video/mp4", {}), ("strip", "jpg", "image/jpeg", grid))
    ):
        key = content_key("renditions", f"{number:064x}", ending)
        store().put(key, content)
        db.session.add(
            Rendition(
                master_id=master_id, name=name, state=RenditionState.READY, share=100, key=key, mimetype=mimetype,
                width=320, height=192, size_bytes=len(content), sha256=f"{number:064x}", facts=facts,
            )
        )  # fmt: skip


def _clean(page: Page, has_script: bool) -> None:
    """Hold what is ours on the page that is open to the rules of access, by day and by night, on a phone and a desktop."""
    if not has_script:  # axe is script
        return
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:150]) for each in found] == [], (
                page.url,
                width,
                scheme,
            )
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url


def _register(page: Page, email: str) -> None:
    """Open an account from the log-in page that one was led to, by the code in the mail, and go back."""
    page.locator("main a", has_text=re.compile("Create", re.I)).first.click()
    page.fill("#name", "Zoé Martin")
    page.fill("#organisation", "Radio Une")
    page.select_option("#country", "BE")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.check("#conditions")
    page.locator("main .form__end button").click()
    expect(page.locator("#code")).to_be_visible()
    here = page.url

    def came() -> bool:
        page.goto("/dev/mail")
        return page.locator(".mailbox__mails li", has_text=email).count() > 0

    until(came, seconds=60, what="the mail with the code")
    page.locator(".mailbox__mails li", has_text=email).first.locator("p a").click()
    link = page.locator(".kept-mail a", has_text="/account/code").get_attribute("href") or ""
    code = link.partition("#")[2][:6]
    page.goto(here)
    page.fill("#code", code)
    page.locator("main .form button[type=submit]").first.click()
    expect(page).to_have_url(re.compile("/account/created"))
    page.locator("main a.button, main .form__end a").first.click()


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_a_stranger_chooses_a_passage_registers_and_has_exactly_its_frames(
    browser: Browser, newsroom: Newsroom, tmp_path: Path, has_script: bool
) -> None:
    context = browser.new_context(
        base_url=newsroom.url,
        java_script_enabled=has_script,
        accept_downloads=True,
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    path = re.search(
        r'href="(/en/media/videos/[^"?#]+)"', newsroom.text("/en/media/videos/") + newsroom.text("/en/media/")
    )
    assert path
    page.goto(f"{path[1]}?in=10:00:02:07&out=10:00:05:11")
    _clean(page, has_script)
    page.locator("#download button[type=submit]").click()
    expect(page).to_have_url(re.compile("/account/login"))
    _register(page, f"zoe{int(has_script)}@radio.example")

    expect(page.locator("input[name=in]")).to_have_value("10:00:02:07")
    expect(page.locator("input[name=out]")).to_have_value("10:00:05:11")
    _clean(page, has_script)
    page.locator("main .form__end button").click()
    expect(page).to_have_url(re.compile(r"/media/downloads#part-1"))
    ready = page.locator("#part-1 a[download]")

    def is_ready() -> bool:
        if not has_script:
            page.locator(".account__lead a").click() if page.locator(
                ".account__lead a"
            ).count() else page.reload()
        return ready.count() > 0

    until(is_ready, seconds=90, what="the part to be ready")
    _clean(page, has_script)
    with page.expect_download() as begun:
        ready.click()
    file = tmp_path / "taken.mov"
    begun.value.save_as(file)
    assert "10-00-02-07_10-00-05-11" in begun.value.suggested_filename
    assert films.numbers(file) == list(range(57, 136))
    context.close()
