"""scripts/build.mjs: what browsers fetch is made of static/, the same bytes each time."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PATH = os.pathsep.join([os.environ["PATH"], str(Path(sys.prefix) / "bin")])


def build(folder, *, root=ROOT):
    node = shutil.which("node", path=PATH)
    return subprocess.run(
        [node, root / "scripts" / "build.mjs", folder],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder.parent,
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("build") / "built"
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def manifest(built):
    return json.loads((built / "manifest.json").read_text())


@pytest.fixture
def tiny(tmp_path):
    """A newsroom with one stylesheet and one image, to be built by the real script."""
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    (tmp_path / "static" / "css").mkdir(parents=True)
    (tmp_path / "static" / "img").mkdir()
    (tmp_path / "static" / "img" / "dot.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (tmp_path / "static" / "css" / "site.css").write_text("a{background:url(../img/dot.svg)}")
    return tmp_path


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_sources_give_the_same_bytes(built, tmp_path):
    assert build(tmp_path / "again").returncode == 0

    assert contents(tmp_path / "again") == contents(built)


def test_pages_find_their_style_sheets_and_scripts(manifest):
    assert {"site.css", "desk.css", "account.css", "site.js", "account.js", "editor.js", "theme.js"} <= set(
        manifest
    )


def test_each_address_in_a_stylesheet_leads_to_a_file(built, manifest):
    for name in ("site.css", "desk.css", "account.css"):
        addresses = re.findall(r'url\("?([^)"]+)"?\)', (built / manifest[name]).read_text())

        assert addresses
        assert [address for address in addresses if not (built / address).is_file()] == []


def test_each_module_imports_files_that_are_there(built):
    for script in built.glob("*.js"):
        imported = re.findall(r"""(?:from|import\()\s*["'](\./[^"']+)["']""", script.read_text())
        assert [name for name in imported if not (built / name).is_file()] == []


def test_the_early_script_imports_nothing_and_leaves_no_names_behind(built, manifest):
    script = (built / manifest["theme.js"]).read_text()

    assert script.startswith(("(()=>{", '"use strict";(()=>{'))
    assert "import" not in script


def test_no_source_map_is_shipped(built):
    assert list(built.rglob("*.map")) == []
    assert not any(
        "sourceMappingURL" in path.read_text() for path in [*built.glob("*.js"), *built.glob("*.css")]
    )


def test_text_is_compressed_beside_itself_and_fonts_are_not(built, manifest):
    sheet = built / manifest["site.css"]

    assert sheet.with_name(sheet.name + ".br").stat().st_size < sheet.stat().st_size / 3
    assert sheet.with_name(sheet.name + ".gz").stat().st_size < sheet.stat().st_size / 3
    assert list((built / "fonts").glob("*.br")) == []


def test_an_image_has_one_name_in_pages_and_in_style_sheets(tiny):
    folder = tiny / "static" / "built"

    assert build(folder, root=tiny).returncode == 0

    manifest = json.loads((folder / "manifest.json").read_text())
    assert f"url({manifest['img/dot.svg']})" in (folder / manifest["site.css"]).read_text().replace('"', "")


def test_a_changed_source_changes_its_name_and_no_other(tiny):
    folder = tiny / "static" / "built"
    build(folder, root=tiny)
    before = json.loads((folder / "manifest.json").read_text())

    (tiny / "static" / "css" / "site.css").write_text("a{color:red}")
    build(folder, root=tiny)
    after = json.loads((folder / "manifest.json").read_text())

    assert [name for name in before if before[name] != after[name]] == ["site.css"]
    assert not (folder / before["site.css"]).exists()


def test_a_stylesheet_that_points_to_nothing_is_not_built_and_the_former_build_stays(tiny):
    folder = tiny / "static" / "built"
    build(folder, root=tiny)
    before = contents(folder)

    (tiny / "static" / "css" / "site.css").write_text("a{background:url(../img/none.svg)}")
    done = build(folder, root=tiny)

    assert done.returncode != 0
    assert "There is no static/img/none.svg" in done.stderr
    assert contents(folder) == before
