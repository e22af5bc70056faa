#!/usr/bin/env python3
"""Build, serve and test Livegrad.

What it needs is Python (3.11 or newer to start; 3.12 or newer to work with,
which it looks for), Node 20.19 or 22.12 (or newer; otherwise the Python
registry's own is used) and, the first time, the network. What it makes:

  .venv/             Python packages, locked by hash in web/build/locks/
  web/node_modules/  Node packages, pinned in web/package-lock.json
  dist/              the site: a plain folder for any static host
  .build/            scratch
  the cache          numpy for the browser, checked by its sha256; in
                     $LIVEGRAD_CACHE, else $XDG_CACHE_HOME/livegrad, else
                     ~/.cache/livegrad

All of it is made once and again when what it came from changes; otherwise no
command needs the network. The steps themselves are in web/build/.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from web.build.steps import DIST, BuildError, Command, alone, run, sentence, step  # noqa: E402

VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "livegrad.json"
LOCK = ROOT / "web" / "build" / "locks" / "environment.txt"
OLDEST = (3, 12)


# ---- the Python to work with: find one, make .venv, run again inside it ----


def candidates() -> Iterator[list[str]]:
    """Command lines that may be a Python that is new enough, the likeliest first."""
    yield [sys.executable]
    names = [f"python3.{minor}" for minor in (14, 13, 12)]
    yield from ([found] for name in names if (found := shutil.which(name)))
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for minor in (14, 13, 12):
        yield from ([str(p)] for p in sorted(pyenv.glob(f"3.{minor}.*/bin/python"), reverse=True))
    if os.name == "nt":
        yield from (["py", f"-3.{minor}"] for minor in (14, 13, 12))


def find_python() -> str:
    """The path of a Python that is new enough and can make environments."""
    for command in candidates():
        if path := usable(command):
            return path
    if uv := shutil.which("uv"):
        with step("Python 3.13, from uv"):
            run([uv, "python", "install", "3.13"], "Installing Python 3.13 with uv")
            return run([uv, "python", "find", "3.13"], "Finding uv's Python 3.13").strip()
    raise BuildError(
        "Livegrad needs Python 3.12 or newer and found none on PATH, under pyenv or through uv; "
        "install one (for example `uv python install 3.13`) and run the command again."
    )


def usable(command: list[str]) -> str | None:
    """Its path if it runs (pyenv's shims may not), is new enough and has venv and pip."""
    probe = "import sys, venv, ensurepip; print(*sys.version_info[:2], sys.executable)"
    try:
        answer = subprocess.run([*command, "-c", probe], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    if answer.returncode:
        return None
    major, minor, path = answer.stdout.strip().split(" ", 2)
    return path if (int(major), int(minor)) >= OLDEST else None


def venv_key() -> str:
    """What .venv is made from: the locked packages, and this place (its scripts name it)."""
    with (ROOT / "pyproject.toml").open("rb") as f:
        settings = tomllib.load(f)
    parts = [settings["build-system"], settings["project"], LOCK.read_text(encoding="utf-8")]
    return hashlib.sha256(json.dumps([str(ROOT), *parts]).encode()).hexdigest()


def make_venv() -> None:
    """Make .venv, or bring it up to date; nothing if it is."""
    key = venv_key()
    working = PYTHON.is_file() and usable([str(PYTHON)]) is not None
    if working and STAMP.is_file() and STAMP.read_text(encoding="utf-8") == key:
        return
    made_here = not working
    try:
        if made_here:
            python = find_python()
            with step(".venv"):
                run([python, "-m", "venv", "--clear", VENV], "Making .venv")
        with step("Python packages"):
            pip: Command = [PYTHON, "-P", "-m", "pip", "--disable-pip-version-check", "--no-input"]
            install: Command = [*pip, "--retries=2", "--timeout=30", "install", "--quiet"]
            locked: Command = ["--require-hashes", "--no-deps", "-r", LOCK]
            run([*install, *locked], "Installing the Python packages")
            own: Command = [*install, "--no-deps", "--no-build-isolation", "--editable", ROOT]
            run(own, "Installing livegrad")
        STAMP.write_text(key, encoding="utf-8")
    except BaseException:
        if made_here:
            shutil.rmtree(VENV, ignore_errors=True)
        raise


def enter_venv() -> None:
    """Run this command again with .venv's Python, unless it is the one running."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        return
    command = [str(PYTHON), str(Path(__file__).resolve()), *sys.argv[1:]]
    sys.stdout.flush()
    if os.name == "nt":  # exec there returns to the shell at once
        sys.exit(subprocess.call(command))
    os.execv(PYTHON, command)


# ---- what can be asked for ----


def build(options: argparse.Namespace) -> int:
    from web.build.site import build as build_site

    if not build_site(options.runtime):
        print("dist/ is up to date")
    if options.single_file:
        from web.build.single import build_single

        if not build_single():
            print("livegrad.html is up to date")
    return 0


def serve(options: argparse.Namespace) -> int:
    from web.build.server import serve as serve_folder
    from web.build.site import build as build_site

    serve_folder(DIST, options.port, show=options.open, prepare=lambda: build_site(options.runtime))
    return 0


def test(options: argparse.Namespace) -> int:
    from web.build.browser import find_chromium, find_firefox, find_webkit
    from web.build.checks import run_checks
    from web.build.node import find_node
    from web.build.site import build as build_site

    build_site(options.runtime)
    browsers = {"LIVEGRAD_CHROMIUM": str(find_chromium())}
    if firefox := find_firefox():
        browsers["LIVEGRAD_FIREFOX"] = str(firefox)
    if webkit := find_webkit():
        browsers["LIVEGRAD_WEBKIT"] = str(webkit)
    failed = run_checks(find_node())
    pytest = [sys.executable, "-P", "-m", "pytest", *options.rest]
    environment = {**os.environ, **browsers}
    code = subprocess.call(pytest, cwd=ROOT, env=environment)
    if failed:
        print(f"Failed before the tests, see above: {', '.join(failed)}", file=sys.stderr)
    return code or bool(failed)


def bench(options: argparse.Namespace) -> int:
    from web.build.bench import BENCHES, IN_BROWSER, WITH_PEERS, prepare, site_packages
    from web.build.browser import find_chromium
    from web.build.site import build as build_site

    if options.name in BENCHES and not options.pyodide:
        python = prepare(options.torch)
        return subprocess.call([python, BENCHES[options.name], *options.rest], cwd=ROOT)
    peers: list[Path] = []
    if options.name in WITH_PEERS:
        prepare(options.torch)
        peers.append(site_packages())
    build_site(options.runtime)
    environment = {**os.environ, "LIVEGRAD_CHROMIUM": str(find_chromium())}
    command = [sys.executable, "-P", IN_BROWSER[options.name], *peers, *options.rest]
    return subprocess.call(command, cwd=ROOT, env=environment)


def gallery(options: argparse.Namespace) -> int:
    from web.build.browser import find_chromium
    from web.build.site import build as build_site

    build_site(options.runtime)
    environment = {**os.environ, "LIVEGRAD_CHROMIUM": str(find_chromium())}
    camera = [sys.executable, "-P", "tests/page/gallery.py"]
    return subprocess.call(camera, cwd=ROOT, env=environment)


def parser() -> argparse.ArgumentParser:
    formatter = argparse.RawDescriptionHelpFormatter
    top = argparse.ArgumentParser(prog="build.py", description=__doc__, formatter_class=formatter)
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def verb(action, text: str) -> argparse.ArgumentParser:  # type: ignore[no-untyped-def]
        sub = verbs.add_parser(action.__name__, help=text, description=text)
        sub.set_defaults(action=action, rest=[])
        sub.add_argument(
            "--runtime",
            type=Path,
            metavar="DIR",
            help="take numpy for the browser from this folder (still checked by its sha256)",
        )
        return sub

    sub = verb(serve, "build dist/ if anything changed, and serve it on 127.0.0.1")
    sub.add_argument("--port", type=int, default=8000, metavar="N", help="default 8000; 0: any")
    sub.add_argument("--open", action="store_true", help="open the page in a browser")
    sub = verb(test, "check style and types, then run every test; after -- come pytest's arguments")
    sub.usage = "build.py test [-h] [--runtime DIR] [-- PYTEST ARGUMENTS, for example -k name]"
    sub = verb(build, "make dist/ alone")
    sub.add_argument(
        "--single-file",
        action="store_true",
        help="and livegrad.html, the same in one file that opens from a disk by double click",
    )
    sub = verb(
        bench, "time the engine or the recorder beside its peers, the start of Python, or the page"
    )
    sub.usage = "build.py bench [-h] [--torch | --pyodide] NAME [-- ARGUMENTS, such as --help]"
    sub.add_argument(
        "name",
        choices=["audit", "engine", "liveness", "page", "startup"],
        metavar="NAME",
        help="engine, liveness, page, startup or audit (of the page, by Lighthouse)",
    )
    where = sub.add_mutually_exclusive_group()
    where.add_argument("--torch", action="store_true", help="PyTorch too, which is large")
    where.add_argument("--pyodide", action="store_true", help="in Pyodide, in headless Chromium")
    verb(gallery, "take the README's pictures anew, from the built page in Chromium")
    return top


def parse(arguments: list[str]) -> argparse.Namespace:
    """Options; what stands after -- goes to pytest or to the benchmark, read by nobody else."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    ours, rest = arguments[:end], arguments[end + 1 :]
    top = parser()
    options = top.parse_args(ours)
    if rest and options.action not in (test, bench):
        top.error("only `test` and `bench` take arguments after --")
    options.rest = rest
    return options


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    try:
        with alone():
            make_venv()
        enter_venv()
        return options.action(options)
    except (BuildError, OSError) as error:
        print(sentence(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
