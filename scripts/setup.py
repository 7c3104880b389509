"""Make ready what the newsroom needs, and nothing twice.

    python3 scripts/setup.py run     what `make run` needs
    python3 scripts/setup.py test    that, and what tests and checks need

Python's standard library alone, one file: this runs before anything is installed. Each step leaves
a stamp, a digest of what it was made from, beside what it made; a step whose stamp still fits is
passed over, so that a second start costs nothing. Packages come from wherever this machine's pip and
npm are told to look. VENV names another folder for the virtual environment than .venv.
"""

import fcntl
import hashlib
import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20
ROOT = Path(__file__).resolve().parent.parent
PROFILES = ("run", "test")

# What each profile asks of pip and npm. "test" holds all of "run" in the same versions.
REQUIREMENTS = {"run": ("requirements.txt", "requirements-scale.txt"), "test": ("requirements-dev.txt",)}
NPM_OPTIONS = {"run": ("--omit=dev",), "test": ()}


class CannotGoOn(Exception):
    """A step failed, or this machine lacks something; the message says what a person can do."""


class Step:
    """One thing to make; skipped while ``stamp`` holds the digest of ``inputs`` and ``results`` are there.

    ``inputs``: files that it is made from, and words that matter as much (a version, an option).
    ``also``: stamps of steps that are done when this one is.
    """

    def __init__(self, name, do, *, stamp, inputs=(), results=(), also=()):
        self.name, self.do, self.stamp = name, do, Path(stamp)
        self.inputs, self.results, self.also = tuple(inputs), tuple(results), tuple(also)

    def digest(self):
        made_from = hashlib.sha256()
        for given in self.inputs:
            if isinstance(given, Path):
                made_from.update(f"{given.name}\0".encode())
                made_from.update(hashlib.sha256(given.read_bytes()).digest())
            else:
                made_from.update(f"{given}\0".encode())
        return made_from.hexdigest()

    def is_done(self):
        try:
            stamped = self.stamp.read_text("ascii")
        except OSError:
            return False
        return stamped == self.digest() and all(Path(result).exists() for result in self.results)

    def run(self):
        """Do the step if it is due; return whether it was."""
        if self.is_done():
            return False
        began = time.monotonic()
        digest = self.digest()  # of what we start from: a file that changes under way is done again
        self.stamp.unlink(missing_ok=True)
        self.do()
        for step in (self, *self.also):
            step.stamp.parent.mkdir(parents=True, exist_ok=True)
            step.stamp.write_text(digest if step is self else step.digest(), "ascii")
        print(f"  {self.name:<24}{time.monotonic() - began:6.1f} s", flush=True)
        return True


def call(*command, env=None):
    """Run ``command`` in the project's folder; raise CannotGoOn with the end of what it wrote if it fails."""
    command = [str(word) for word in command]
    done = subprocess.run(
        command,
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        told = "\n".join(f"    {line}" for line in done.stdout.splitlines()[-30:])
        raise CannotGoOn(f"This command ended with code {done.returncode}: {' '.join(command)}\n{told}")
    return done.stdout


def check_python(version=sys.version_info):
    """Raise CannotGoOn if this Python is too old for the newsroom."""
    if tuple(version[:2]) < OLDEST_PYTHON:
        wanted, ours = (".".join(map(str, number[:2])) for number in (OLDEST_PYTHON, version))
        raise CannotGoOn(
            f"Python {wanted} or newer is needed, and this is {ours}. If another one is installed, name it:"
            f" make run PYTHON=python{wanted}"
        )


def is_environment(folder):
    """Return whether ``folder`` is a virtual environment whose Python is new enough and still there."""
    try:
        lines = (folder / "pyvenv.cfg").read_text("utf-8").splitlines()
    except OSError:
        return False
    said = dict(line.replace(" ", "").split("=", 1) for line in lines if "=" in line)
    version = said.get("version", said.get("version_info", "0")).split(".")[:2]
    return tuple(map(int, version)) >= OLDEST_PYTHON and (folder / "bin" / "python").exists()


def make_environment(folder, find=importlib.util.find_spec):
    """Make the virtual environment ``folder``; raise CannotGoOn where that cannot be done."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        raise CannotGoOn(
            f"{folder} is not a virtual environment, and it is not empty: name another folder with VENV."
        )
    if find("ensurepip") is None or find("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info)
        raise CannotGoOn(
            "This Python cannot make virtual environments."
            f" On Debian and Ubuntu, install what is missing, then start again: apt-get install {package}"
        )
    call(sys.executable, "-m", "venv", "--clear", folder)


def system_node(path=None):
    """Return the version of the system's node, or None if it is too old, or lacks npm, or is not there."""
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return None
    try:
        told = subprocess.run(
            [node, "--version"], capture_output=True, text=True, timeout=20, check=True
        ).stdout
        major = int(told.strip().lstrip("v").split(".")[0])
    except (OSError, ValueError, subprocess.SubprocessError):
        return None
    return told.strip() if major >= OLDEST_NODE else None


class Plan:
    """The steps of this machine and this profile, in the folders that they work in."""

    def __init__(self, profile, *, root=ROOT, venv=None, node=None):
        self.profile, self.root = profile, root
        self.venv = root / (venv or ".venv")
        self.node = node
        self.bin = self.venv / "bin"
        self.modules = root / "node_modules"
        # The node that comes as a wheel lies in the environment, and npm looks for it on the PATH.
        ours = [] if node else [str(self.bin)]
        self.env = {**os.environ, "PATH": os.pathsep.join([*ours, os.environ.get("PATH", os.defpath)])}

    def wheel_of_node(self):
        locked = self.root / "requirements-build.txt"
        return Step(
            "node",
            lambda: self.pip(locked),
            stamp=self.venv / ".node",
            inputs=[locked],
            results=[self.bin / "node", self.bin / "npm"],
        )

    def packages(self, profile=None):
        profile = profile or self.profile
        locked = [self.root / name for name in REQUIREMENTS[profile]]
        return Step(
            "Python packages",
            lambda: self.pip(*locked),
            stamp=self.venv / f".packages-{profile}",
            inputs=locked,
            also=[self.packages("run")] if profile == "test" else [],
        )

    def node_modules(self, profile=None):
        profile = profile or self.profile
        command = ["npm", "ci", "--no-progress", "--loglevel=error", *NPM_OPTIONS[profile]]
        return Step(
            "node packages",
            lambda: call(*command, env=self.env),
            stamp=self.modules / f".packages-{profile}",
            inputs=[
                self.root / "package.json",
                self.root / "package-lock.json",
                platform.system(),
                platform.machine(),
            ],
            also=[self.node_modules("run")] if profile == "test" else [],
        )

    def build(self):
        sources = [self.root / "scripts" / "build.mjs", self.root / "scripts" / "fonts.mjs"]
        for folder in ("css", "js", "img"):
            sources += sorted(path for path in (self.root / "static" / folder).rglob("*") if path.is_file())
        names = [str(path.relative_to(self.root)) for path in sources]
        return Step(
            "styles, scripts, fonts",
            lambda: call("node", "scripts/build.mjs", env=self.env),
            stamp=self.root / ".setup" / "build",
            inputs=[*names, *sources, self.root / "package-lock.json"],
            results=[self.root / "static" / "built" / "manifest.json"],
        )

    def translations(self):
        folder = self.root / "app" / "translations"
        catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
        return Step(
            "translations",
            lambda: (
                catalogues
                and call(self.bin / "python", "-m", "babel.messages.frontend", "compile", "-d", folder)
            ),
            stamp=self.root / ".setup" / "translations",
            inputs=[*(str(path.relative_to(folder)) for path in catalogues), *catalogues],
            results=[path.with_suffix(".mo") for path in catalogues],
        )

    def pip(self, *locked):
        asked = [word for path in locked for word in ("-r", path)]
        options = ["--require-hashes", "--disable-pip-version-check", "--no-input", "--quiet"]
        call(self.bin / "python", "-m", "pip", "install", *options, *asked)

    def environment(self):
        """Make the virtual environment if it is not there; return whether it was made."""
        is_there = is_environment(self.venv)
        if not is_there:
            make_environment(self.venv)
        if not (self.bin / "pip").exists():
            call(self.bin / "python", "-m", "ensurepip")
        return not is_there

    def carry_out(self):
        """Do what is due, Python and node at the same time; return whether anything was."""
        did = []
        if self.node is None:
            did += [self.environment(), self.wheel_of_node().run()]
        with ThreadPoolExecutor() as pool:
            python = pool.submit(lambda: [self.environment(), self.packages().run()])
            node = pool.submit(lambda: [self.node_modules().run(), self.build().run()])
            did += [*python.result(), *node.result(), self.translations().run()]
        return any(did)


@contextmanager
def alone(root=ROOT):
    """Wait while another set-up works in the same folder: two would take each other's files away."""
    (root / ".setup").mkdir(exist_ok=True)
    with open(root / ".setup" / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("Waiting for another set-up in this folder …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main(arguments):
    if len(arguments) != 1 or arguments[0] not in PROFILES:
        print(f"Say what to make ready: python3 scripts/setup.py {'|'.join(PROFILES)}", file=sys.stderr)
        return 2
    began = time.monotonic()
    try:
        check_python()
        with alone():
            plan = Plan(arguments[0], venv=os.environ.get("VENV"), node=system_node())
            if not plan.packages().is_done():
                print("Making the newsroom ready. The first time takes a minute or two.", flush=True)
            if plan.carry_out():
                print(f"  {'ready':<24}{time.monotonic() - began:6.1f} s", flush=True)
    except CannotGoOn as reason:
        print(f"\n{reason}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
