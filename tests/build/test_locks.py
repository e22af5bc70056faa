"""What is installed is pinned by hash: Python packages, Node packages, and what these need."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from web.build.steps import ROOT, WEB

LOCKS = WEB / "build" / "locks"
GROUPS = {"environment.txt": ("build", "test", "lint"), "node.txt": ("node",)}
REQUIREMENT = re.compile(
    r"^([\w.-]+)==(\S+)(?: ;.*)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n?)+)", re.M
)


def locked(file: Path) -> dict[str, str]:
    return {name: version for name, version, _ in REQUIREMENT.findall(file.read_text())}


@pytest.mark.parametrize("name", GROUPS)
def test_every_requirement_has_a_version_and_hashes(name: str) -> None:
    text = (LOCKS / name).read_text()
    rest = REQUIREMENT.sub("", text).strip()
    assert rest == ""
    assert locked(LOCKS / name)


@pytest.mark.parametrize("name", GROUPS)
def test_the_lock_is_of_the_groups_in_pyproject(name: str) -> None:
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    found = locked(LOCKS / name)
    for group in GROUPS[name]:
        for wanted in groups[group]:
            package, _, version = wanted.partition("==")
            assert found[re.sub(r"\[.*", "", package)] == version


def test_every_node_package_has_its_hash_and_no_address() -> None:
    packages = json.loads((WEB / "package-lock.json").read_text())["packages"]
    del packages[""]
    assert [name for name, entry in packages.items() if "integrity" not in entry] == []
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
