"""Journeys are walked in Chromium."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.chromium import chromium, launched_with
from tests.journeys.editor_page import EditorPage, served
from tests.journeys.running import demonstration, seeded  # noqa: F401 (fixtures)
from tests.once import made_once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Take the machine's Chromium where there is one."""
    if not chromium():
        assert not os.environ.get("CI"), "Chromium is missing: .ci/run installs it"
        print("LOUD: no Chromium on this machine; Playwright’s own is tried")
    return launched_with(browser_type_launch_args)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The style sheets and scripts, built from their sources as they are now."""

    def build(folder: Path) -> None:
        path = os.pathsep.join([os.environ["PATH"], str(ROOT / ".venv" / "bin")])
        command = ["node", "scripts/build.mjs", str(folder / "files")]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PATH": path}, check=True)

    return made_once(tmp_path_factory, "built", build) / "files"


@pytest.fixture
def site(built: Path) -> Iterator[EditorPage]:
    """A site with a page for the editor alone."""
    with served(built) as page:
        yield page


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A browser's page that may not offend its security policy, nor throw, whatever is done on it.

    Chromium writes to the console whatever the policy stops, and whatever fails to load.
    """
    offences: list[str] = []
    page.on("pageerror", lambda error: offences.append(str(error)))
    page.on("console", lambda said: offences.append(said.text) if said.type == "error" else None)
    yield page
    assert offences == []
