"""The benchmark's environment is made anew only when it lacks something."""

from pathlib import Path

import pytest

from web.build import bench


@pytest.fixture
def made(monkeypatch, tmp_path):
    """The command lines that would have been run."""
    commands: list[list[str]] = []

    def run(command, *_):
        commands.append([str(part) for part in command])
        return ""

    monkeypatch.setattr(bench, "run", run)
    monkeypatch.setattr(bench, "STAMP", tmp_path / "stamp")
    monkeypatch.setattr(bench, "_pinned", lambda: ["numpy==1"])
    return commands


def test_it_is_made_once(made):
    bench.prepare(torch=False)
    first = len(made)
    assert any("bench" in command for command in made)
    assert not any("bench-torch" in command for command in made)
    bench.prepare(torch=False)
    assert len(made) == first
    bench.prepare(torch=True)
    assert any("bench-torch" in command for command in made[first:])


def test_pytorch_stays_where_it_is_not_asked_for(made):
    bench.prepare(torch=True)
    first = len(made)
    bench.prepare(torch=False)
    assert len(made) == first


def test_where_the_peers_are(monkeypatch, tmp_path):
    place = tmp_path / "lib" / "python3.13" / "site-packages"
    (place / "autograd").mkdir(parents=True)
    monkeypatch.setattr(bench, "PLACE", tmp_path)
    assert bench.site_packages() == Path(place)
