"""Large files over poor lines, in a real browser: a connection that is cut, a browser that is closed, names that hurt."""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.journeys.office import take_picture
from tests.journeys.running import Newsroom
from tests.journeys.test_release import DESKTOP
from tests.library.studio.films import made
from tests.library.studio.hostile import box
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAGE = "/desk/media/upload"
EMAIL, PASSWORD = "max@office.test", "Ryba-2025-sonce!"

# Words reach the server long after their file, as they may on a bad line.
SLOW_WORDS = """
const send = window.fetch;
window.fetch = async (...asked) => {
  if (String(asked[0]).endsWith("/words")) await new Promise((go) => setTimeout(go, 4000));
  return send(...asked);
};
"""

# A list of files is held, as the server wrote it, until the test hands it to the page.
HELD_LISTS = """
const send = window.fetch;
window.held = [];
window.fetch = async (...asked) => {
  const answer = await send(...asked);
  if (String(asked[0]).endsWith("/desk/media/upload")) await new Promise((go) => held.push(go));
  return answer;
};
"""


class Line:
    """The line between a browser and the newsroom: so slow, and cut when the test says so."""

    def __init__(self, port: int) -> None:
        self.bytes_up = 0
        self.is_cut = False
        self.pause = 0.0  # seconds between two pieces of 64 kB on the way up
        self._to = port
        self._pairs: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                near, _address = self._door.accept()
            except OSError:
                return
            if self.is_cut:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._to))
            self._pairs += [near, far]
            threading.Thread(target=self._carry, args=(near, far, True), daemon=True).start()
            threading.Thread(target=self._carry, args=(far, near, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, is_up: bool) -> None:
        try:
            while data := source.recv(65_536):
                target.sendall(data)
                if is_up:
                    self.bytes_up += len(data)
                    if len(data) > 8000 and self.pause:
                        threading.Event().wait(self.pause)
        except OSError:
            pass
        for end in (source, target):  # closing alone would not be heard while the other way waits
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut(self) -> None:
        """Cut every connection, and let nobody through until it is mended."""
        self.is_cut = True
        for end in self._pairs:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._pairs.clear()

    def mend(self) -> None:
        """Let everybody through again."""
        self.is_cut = False

    def close(self) -> None:
        """End it."""
        self._door.close()
        self.cut()


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    """A running newsroom with nobody in it but Max of the media desk."""
    made = Newsroom(tmp_path_factory.mktemp("uploads") / "instance")
    made.environ |= {"DEMO": "0", "SECOND_FACTOR": "optional", "MIN_FREE_GB": "0"}
    try:
        made.flask("db", "upgrade")
        made.flask(
            "officer", "add", EMAIL, "--name", "Max", "--role", "media_desk", "--language", "en", "--password-stdin",
            typed=f"{PASSWORD}\n",
        )  # fmt: skip
        made.open()
        made.work()
        yield made
    finally:
        made.close()


@pytest.fixture
def line(seeded: Newsroom) -> Iterator[Line]:
    """A line to that newsroom."""
    made = Line(seeded.port)
    yield made
    made.close()


def at_the_desk(browser: Browser, line: Line, *, script: bool = True) -> Page:
    """A browser at the end of that line, in which Max is at the page of uploads."""
    page = browser.new_context(viewport=DESKTOP, base_url=line.url, java_script_enabled=script).new_page()
    page.goto("/desk/")
    page.locator("main input[name=email]").fill(EMAIL)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    page.goto(PAGE)
    return page


def film(folder: Path, name: str, megabytes: int = 1) -> Path:
    """A film that no other test has: a second of bars, and so many megabytes that no player looks at.

    It can be read, so that its words can be typed whether or not the worker has looked at it already.
    """
    path = folder / name
    path.write_bytes(
        made(size="160x90", seconds=1, sounds=0) + box(b"free", os.urandom(megabytes * 1000 * 1000))
    )
    return path


def kept(seeded: Newsroom, path: Path) -> bool:
    """Whether the newsroom has this very file."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    found = seeded.folder / "files" / "masters" / digest[:2] / f"{digest}.mp4"
    return found.exists() and hashlib.sha256(found.read_bytes()).hexdigest() == digest


def test_a_connection_that_is_cut_in_the_middle_costs_one_piece_at_most(
    browser: Browser, seeded: Newsroom, line: Line, tmp_path: Path
) -> None:
    path = film(tmp_path, "Зустріч – été.mp4", 40)
    page = at_the_desk(browser, line)
    line.pause = 0.004
    page.locator("#files").set_input_files(path)
    row = page.locator(".upload", has_text="Зустріч – été.mp4")
    row.locator(".upload__tell summary").click()  # its words are typed while it is sent
    row.get_by_label("Title").fill("Flags at full mast")
    row.get_by_label("Place").fill("Kyiv")
    expect(row.locator("[data-tell-said]")).to_have_text("Kept.", timeout=20_000)
    until(lambda: line.bytes_up > 20_000_000, what="half of the file")
    line.cut()
    row.get_by_label("Credit").fill("Council")
    row.get_by_role("button", name="Keep these words").click()
    expect(row.locator("[data-tell-said]")).to_contain_text("These words could not be sent.", timeout=20_000)
    expect(row).to_contain_text("The connection broke off. It goes on by itself.", timeout=20_000)
    line.mend()
    row.get_by_role("button", name="Pause").focus()
    until(lambda: kept(seeded, path), seconds=90, what="the whole file")
    assert line.bytes_up < 40_000_000 + 10_000_000  # nothing but one piece was sent twice
    expect(row.locator(".upload__steps")).to_be_visible(timeout=20_000)
    # Whoever stood in the row stands there still, and hears what became of the file.
    assert page.evaluate("document.activeElement.closest('.upload')?.id") == row.get_attribute("id")
    expect(page.locator("[data-upload-said]")).to_contain_text(path.name)
    expect(row.locator("[data-tell-said]")).to_have_text("Kept.", timeout=20_000)
    page.reload()
    assert [row.get_by_label(name).input_value() for name in ("Title", "Place", "Credit")] == [
        "Flags at full mast", "Kyiv", "Council",
    ]  # fmt: skip


def test_a_file_is_paused_gone_on_with_in_another_browser_and_taken_back(
    browser: Browser, seeded: Newsroom, line: Line, tmp_path: Path
) -> None:
    path = film(tmp_path, "night.mp4", 40)
    page = at_the_desk(browser, line)
    line.pause = 0.01
    page.locator("#files").set_input_files(path)
    until(lambda: line.bytes_up > 12_000_000, what="a piece of the file")
    page.get_by_role("button", name="Pause night.mp4").click()
    expect(page.locator(".upload", has_text="night.mp4")).to_contain_text("Paused.")
    sent = line.bytes_up
    page.context.close()  # the browser is closed, and the night goes by

    again = at_the_desk(browser, line)
    row = again.locator(".upload", has_text="night.mp4")
    expect(row).to_contain_text("Choose the same file again to go on.")
    line.pause = 0
    again.locator("#files").set_input_files(path)
    until(lambda: kept(seeded, path), seconds=90, what="the whole file")
    assert line.bytes_up - sent < 34_000_000  # what had come was not sent again

    other = film(tmp_path, "mistake.mp4", 30)
    line.pause = 0.02
    again.locator("#files").set_input_files(other)
    expect(again.locator(".upload", has_text="mistake.mp4")).to_contain_text("a second", timeout=20_000)
    again.get_by_role("button", name="Cancel mistake.mp4").click()
    expect(again.locator(".upload", has_text="mistake.mp4")).to_have_count(0)
    until(lambda: not list((seeded.folder / "staging").iterdir()), seconds=60, what="the server to forget it")
    again.reload()
    expect(again.locator(".upload", has_text="mistake.mp4")).to_have_count(0)


def test_a_file_that_is_taken_back_is_not_drawn_again_by_a_list_that_was_on_its_way(
    browser: Browser, line: Line, tmp_path: Path
) -> None:
    page = at_the_desk(browser, line)
    page.add_init_script(HELD_LISTS)
    page.goto(PAGE)
    line.pause = 0.02
    page.locator("#files").set_input_files(film(tmp_path, "regret.mp4", 30))
    until(lambda: page.evaluate("held.length"), what="a list with the file in it")
    page.get_by_role("button", name="Cancel regret.mp4").click()
    expect(page.locator(".upload", has_text="regret.mp4")).to_have_count(0)
    page.evaluate("new Promise((drawn) => { held[0](); setTimeout(drawn, 500); })")
    expect(page.locator(".upload", has_text="regret.mp4")).to_have_count(0)


def test_what_is_said_of_all_files_stands_in_each_of_them(
    browser: Browser, line: Line, tmp_path: Path
) -> None:
    page = at_the_desk(browser, line)
    page.add_init_script(SLOW_WORDS)
    page.goto(PAGE)
    page.locator(".drop__tell summary").press("Enter")
    of_all = page.locator(".drop__words")
    of_all.get_by_label("Place").fill("Kyiv")
    of_all.get_by_label("Rights and restrictions").fill("Not for advertising.")
    of_all.get_by_label("Languages of the sound").fill("floor, uk")
    of_all.get_by_label("Under embargo until").fill("3 December 2099")
    of_all.get_by_label("Hour").fill("15:00")
    names = ("first.mp4", "second.mp4")
    page.locator("#files").set_input_files([film(tmp_path, name) for name in names])
    for name in names:
        row = page.locator(".upload", has_text=name)
        expect(row.get_by_label("Rights and restrictions")).to_have_value(
            "Not for advertising.", timeout=20_000
        )
        labels = ("Place", "Languages of the sound", "Under embargo until", "Hour")
        assert [row.get_by_label(label).input_value() for label in labels] == [
            "Kyiv", "floor, uk", "3\N{NO-BREAK SPACE}December 2099", "15:00",
        ]  # fmt: skip
    of_all.get_by_label("Languages of the sound").fill("klingon")
    page.locator("#files").set_input_files(film(tmp_path, "third.mp4"))
    expect(page.locator("[data-all-said]")).to_contain_text("Use codes of languages", timeout=20_000)
    assert of_all.get_by_label("Place").input_value() == "Kyiv"


def test_what_cannot_be_taken_is_said_beside_its_name(browser: Browser, line: Line, tmp_path: Path) -> None:
    wrong, empty = tmp_path / "holiday.mp4", tmp_path / "empty.mp4"
    wrong.write_bytes(b"#EXTM3U\nhttp://127.0.0.1/secret.mp4\n" + b"x" * 9000)
    empty.write_bytes(b"")
    page = at_the_desk(browser, line)
    page.locator("#files").set_input_files([wrong, empty])
    expect(page.locator(".upload", has_text="holiday.mp4")).to_contain_text(
        "no video or photo", timeout=20_000
    )
    expect(page.locator(".upload", has_text="empty.mp4")).to_contain_text(
        "This file is empty", timeout=20_000
    )


def test_without_script_a_plain_form_brings_the_file(
    browser: Browser, seeded: Newsroom, line: Line, tmp_path: Path
) -> None:
    path = film(tmp_path, "plain.mp4")
    page = at_the_desk(browser, line, script=False)
    expect(page.get_by_text("Without script, files go in one piece")).to_be_visible()
    page.locator("#files").set_input_files(path)
    page.get_by_role("button", name="Send the files").click()
    expect(page.locator(".banner")).to_contain_text("1 file received.")
    until(lambda: kept(seeded, path), seconds=60, what="the file")


def test_the_page_is_for_everybody_on_every_screen(browser: Browser, line: Line, tmp_path: Path) -> None:
    page = at_the_desk(browser, line)
    offences: list[str] = []
    page.on("console", lambda said: offences.append(said.text) if said.type == "error" else None)
    line.pause = 0.05
    page.locator("#files").set_input_files(film(tmp_path, "long.mp4", 20))
    expect(page.locator(".upload", has_text="long.mp4")).to_contain_text("a second", timeout=20_000)
    page.locator(".drop__tell summary").click()
    for width in (1280, 768, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"][:150]) for each in found] == [], (width, scheme)
            take_picture(page, f"upload-{width}-{scheme}")
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.locator("#files").focus()
    page.keyboard.press("Tab")
    assert "long.mp4" in page.evaluate("document.activeElement.textContent")
    page.get_by_role("button", name="Cancel long.mp4").click()
    # 423 is how the protocol says that the former line still holds the upload: the page waits, and goes on.
    assert [each for each in offences if "423 (Locked)" not in each] == []
