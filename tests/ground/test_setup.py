"""Set-up: each thing is made once, in time, and what this machine lacks is said in a sentence."""

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from scripts.setup import (
    CannotGoOn,
    Plan,
    Step,
    call,
    check_python,
    is_environment,
    make_environment,
    system_node,
)

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.txt"))


@pytest.fixture
def made(tmp_path):
    """A step made of source.txt into result.txt; counts in ``times`` how often it was done."""
    source, result = tmp_path / "source.txt", tmp_path / "result.txt"
    source.write_text("one")

    def do():
        made.times += 1
        result.write_text(source.read_text())

    made = Step("copy", do, stamp=tmp_path / "stamps" / "copy", inputs=[source], results=[result])
    made.times, made.source, made.result = 0, source, result
    return made


def test_a_step_is_done_once(made):
    assert [made.run(), made.run()] == [True, False]
    assert (made.times, made.result.read_text()) == (1, "one")


def test_a_step_is_done_again_when_what_it_is_made_from_changes(made):
    made.run()

    made.source.write_text("two")

    assert made.run()
    assert made.result.read_text() == "two"


def test_a_step_is_done_again_when_its_result_was_taken_away(made):
    made.run()

    made.result.unlink()

    assert made.run()
    assert made.result.exists()


def test_a_step_that_failed_is_tried_again(made):
    def fail():
        raise CannotGoOn("no network")

    made.run()
    made.source.write_text("two")
    do, made.do = made.do, fail
    with pytest.raises(CannotGoOn):
        made.run()
    made.do = do
    made.source.write_text("one")

    assert made.run()


def test_a_step_says_which_others_it_has_done_too(made, tmp_path):
    part = Step("part", pytest.fail, stamp=tmp_path / "part", inputs=[made.source])
    made.also = (part,)

    made.run()

    assert not part.run()


def test_a_failing_command_shows_the_end_of_what_it_said():
    with pytest.raises(CannotGoOn, match=r"(?s)code 3.*\n    line 40$") as refusal:
        call("sh", "-c", "for n in $(seq 40); do echo line $n; done; exit 3")

    assert "line 11\n" in str(refusal.value)
    assert "line 10\n" not in str(refusal.value)


def test_a_python_that_is_too_old_is_told_which_one_is_needed():
    check_python((3, 11, 0))

    with pytest.raises(CannotGoOn, match=r"Python 3\.11 or newer is needed, and this is 3\.9"):
        check_python((3, 9, 2))


def test_a_debian_without_venv_is_told_the_package_to_install(tmp_path):
    with pytest.raises(CannotGoOn, match=r"apt-get install python3\.\d+-venv$"):
        make_environment(tmp_path / "venv", find=lambda name: None)

    assert not (tmp_path / "venv").exists()


def test_a_folder_that_holds_something_else_is_never_made_an_environment(tmp_path):
    (tmp_path / "thesis.txt").write_text("three years")

    with pytest.raises(CannotGoOn, match="not empty"):
        make_environment(tmp_path)

    assert (tmp_path / "thesis.txt").exists()


@pytest.mark.parametrize(
    ("config", "usable"),
    [
        ("version = 3.11.7\n", True),
        ("version_info = 3.14.0.final.0\n", True),
        ("version = 3.9.2\n", False),
        ("home = /usr/bin\n", False),
    ],
)
def test_an_environment_is_kept_only_if_its_python_is_new_enough(tmp_path, config, usable):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").touch()
    (tmp_path / "pyvenv.cfg").write_text(config)

    assert is_environment(tmp_path) is usable


def test_an_environment_whose_python_was_uninstalled_is_made_anew(tmp_path):
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(tmp_path / "gone")
    (tmp_path / "pyvenv.cfg").write_text("version = 3.11.7\n")

    assert not is_environment(tmp_path)


def put_program(folder, name, *lines):
    program = folder / name
    program.write_text("\n".join(["#!/bin/sh", *lines]))
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("says", "found"),
    [("echo v20.1.0", "v20.1.0"), ("echo v24.3.1", "v24.3.1"), ("echo v18.19.0", None), ("exit 1", None)],
)
def test_a_system_node_is_used_from_version_20_on(tmp_path, says, found):
    put_program(tmp_path, "node", says)
    put_program(tmp_path, "npm")

    assert system_node(path=str(tmp_path)) == found


def test_a_system_node_without_npm_is_not_used(tmp_path):
    put_program(tmp_path, "node", "echo v24.3.1")

    assert system_node(path=str(tmp_path)) is None


def test_without_a_system_node_the_one_in_the_environment_is_found_first(tmp_path):
    own, other = Plan("run", root=tmp_path), Plan("run", root=tmp_path, node="v24.3.1")

    assert own.env["PATH"].startswith(f"{tmp_path}/.venv/bin:")
    assert f"{tmp_path}/.venv/bin" not in other.env["PATH"]


def test_a_new_stylesheet_is_built(tmp_path):
    for name in ("scripts/build.mjs", "scripts/fonts.mjs", "package-lock.json", "static/css/site.css"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    before = Plan("run", root=tmp_path).build().digest()

    (tmp_path / "static" / "css" / "desk.css").write_text("")

    assert Plan("run", root=tmp_path).build().digest() != before


def test_a_newsroom_without_catalogues_has_nothing_to_translate(tmp_path):
    assert Plan("run", root=tmp_path).translations().run()
    assert not Plan("run", root=tmp_path).translations().run()


def test_what_tests_need_holds_all_that_running_needs_in_the_same_versions():
    running, testing = Plan("run"), Plan("test")
    pins = {name: pinned(ROOT / name) for name in ("requirements.txt", "requirements-scale.txt")}

    assert running.packages("test").also[0].stamp == testing.packages("run").stamp
    for name, versions in pins.items():
        for package, version in versions.items():
            assert pinned(ROOT / "requirements-dev.txt")[package] == version, (name, package)


def pinned(lock):
    """Return {package: versions} of a lock file; a package may have one version for each Python."""
    found = {}
    for name, version in re.findall(r"^([a-z0-9.\-]+)(?:\[[a-z,]+\])?==([^\s;\\]+)", lock.read_text(), re.M):
        found.setdefault(name, []).append(version)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_each_lock_file_pins_and_hashes_all_that_its_source_names(lock):
    named = {
        re.split(r"[\[=~<>;\s]", line)[0].lower()
        for line in lock.with_suffix(".in").read_text().splitlines()
        if line and not line.startswith(("#", "-"))
    }
    text = lock.read_text()
    entries = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", text, re.M | re.S)

    assert named <= set(pinned(lock))
    assert len(entries) == sum(map(len, pinned(lock).values()))
    assert all("--hash=sha256:" in entry for entry in entries)


def imported(*places):
    """Return the names of the packages whose modules the Python files at ``places`` import."""
    files = [file for place in places for file in ([place] if place.is_file() else place.rglob("*.py"))]
    modules = set()
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text()))):
        if isinstance(node, ast.Import):
            modules |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules.add(node.module.partition(".")[0])
    known = packages_distributions()
    modules -= {*sys.stdlib_module_names, *(path.stem for path in ROOT.iterdir())}
    return {re.sub("[_.]", "-", name).lower() for module in modules for name in known.get(module, [module])}


def test_all_that_the_newsroom_imports_is_pinned():
    app = imported(ROOT / "app", ROOT / "config.py", ROOT / "wsgi.py", ROOT / "migrations", ROOT / "scripts")
    tests = imported(ROOT / "tests", ROOT / "bench")
    running = {**pinned(ROOT / "requirements.txt"), **pinned(ROOT / "requirements-scale.txt")}

    assert app - set(running) == set()
    assert tests - set(pinned(ROOT / "requirements-dev.txt")) == set()


@pytest.mark.parametrize("lock", [*LOCKS, *sorted(ROOT.glob("requirements*.in"))], ids=lambda lock: lock.name)
def test_no_list_of_packages_says_where_they_come_from(lock):
    assert not re.search(r"://|--(extra-)?index-url|--find-links| @ ", lock.read_text())


def test_the_lock_of_node_packages_holds_hashes_and_no_places():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    wanted = json.loads((ROOT / "package.json").read_text())
    ours = packages.pop("")

    assert ours["dependencies"] == wanted["dependencies"]
    assert ours["devDependencies"] == wanted["devDependencies"]
    assert all("resolved" not in package and package["integrity"] for package in packages.values())


def test_all_packages_of_the_editor_have_one_version():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]

    assert len({version for name, version in wanted.items() if name.startswith("@tiptap/")}) == 1
