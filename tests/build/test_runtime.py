"""Where numpy for the browser comes from; no test asks the network."""

import errno
import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from web.build import runtime
from web.build.steps import BuildError

RIGHT = b"the wheel"
WHEEL = runtime.Wheel("numpy", "1.0", "numpy-1.0.whl", hashlib.sha256(RIGHT).hexdigest())


def gives(content: bytes) -> runtime.Fetch:
    return lambda wheel, part: part.write_bytes(content) and None


def fails(error: Exception) -> runtime.Fetch:
    def fetch(wheel: runtime.Wheel, part: Path) -> None:
        part.write_bytes(RIGHT[:3])
        raise error

    return fetch


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def test_what_a_source_gives_is_kept_and_asked_for_once(cache: Path) -> None:
    kept = runtime.fetch_wheel(WHEEL, cache=cache, sources={"one": gives(RIGHT)})
    assert kept.read_bytes() == RIGHT
    again = runtime.fetch_wheel(WHEEL, cache=cache, sources={"none": fails(OSError("asked"))})
    assert again == kept


def test_the_next_source_is_asked_where_one_fails_or_lies(cache: Path) -> None:
    sources = {"down": fails(TimeoutError("late")), "lies": gives(b"x"), "right": gives(RIGHT)}
    assert runtime.fetch_wheel(WHEEL, cache=cache, sources=sources).read_bytes() == RIGHT


def test_no_source_has_it(cache: Path) -> None:
    sources = {"down": fails(OSError("no route")), "lies": gives(b"x")}
    with pytest.raises(BuildError) as caught:
        runtime.fetch_wheel(WHEEL, cache=cache, sources=sources)
    assert "(down: no route; lies: the file there is a wrong one" in str(caught.value)
    assert "--runtime" in str(caught.value)
    assert list(cache.iterdir()) == []


def test_a_rotten_file_in_the_cache_is_fetched_again(cache: Path) -> None:
    cache.mkdir()
    (cache / WHEEL.file_name).write_bytes(b"rot")
    kept = runtime.fetch_wheel(WHEEL, cache=cache, sources={"one": gives(RIGHT)})
    assert kept.read_bytes() == RIGHT


def test_a_full_disk_ends_it_at_once(cache: Path) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(OSError, match="No space left"):
        runtime.fetch_wheel(
            WHEEL, cache=cache, sources={"full": fails(full), "right": gives(RIGHT)}
        )
    assert list(cache.iterdir()) == []


def test_the_folder_named_is_the_only_source(tmp_path: Path, cache: Path) -> None:
    (tmp_path / WHEEL.file_name).write_bytes(RIGHT)
    kept = runtime.fetch_wheel(WHEEL, named=tmp_path, cache=cache, sources={})
    assert kept.parent == cache


@pytest.mark.parametrize(
    ("content", "said"), [(b"x", "by its sha256"), (None, "no such file there")]
)
def test_the_folder_named_is_wrong(
    tmp_path: Path, cache: Path, content: bytes | None, said: str
) -> None:
    if content:
        (tmp_path / WHEEL.file_name).write_bytes(content)
    with pytest.raises(BuildError, match=said) as caught:
        runtime.fetch_wheel(WHEEL, named=tmp_path, cache=cache, sources={"right": gives(RIGHT)})
    assert str(tmp_path) in str(caught.value)
    assert list(cache.iterdir()) == []


def test_the_wheel_is_read_from_the_lock(tmp_path: Path) -> None:
    entry = {"version": "1.0", "file_name": WHEEL.file_name, "sha256": WHEEL.sha256, "depends": []}
    lock = tmp_path / "lock.json"
    lock.write_text(json.dumps({"packages": {"numpy": entry, "scipy": {}}}))
    assert runtime.wheel_in_lock(lock, "numpy") == WHEEL


def test_the_official_address_is_pyodides_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "package.json").write_text('{"version": "9.8.7"}')
    (tmp_path / "pyodide.mjs").write_text("a(`x`);b(c??`https://cdn.example/py/v${V}/full/`)")
    monkeypatch.setattr(runtime, "PYODIDE", tmp_path)
    assert runtime.official_address(WHEEL) == "https://cdn.example/py/v9.8.7/full/numpy-1.0.whl"


def test_the_address_is_still_where_it_is_looked_for() -> None:
    lock = runtime.PYODIDE / "pyodide-lock.json"
    wheel = runtime.wheel_in_lock(lock, "numpy")
    version = json.loads((runtime.PYODIDE / "package.json").read_text())["version"]
    assert runtime.official_address(wheel).endswith(f"/v{version}/full/{wheel.file_name}")


@pytest.fixture
def carry(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A pip whose download is a package with one file."""
    import zipfile

    def arrange(name: str) -> None:
        def download(command: list[str | Path], doing: str) -> str:
            folder = Path(command[command.index("-d") + 1])
            folder.mkdir()
            with zipfile.ZipFile(folder / "carrier.whl", "w") as package:
                package.writestr(name, RIGHT)
            return ""

        monkeypatch.setattr(runtime, "run", download)

    return arrange


def test_the_carrier_gives_one_file_and_leaves_nothing(
    cache: Path, carry: Callable[[str], None]
) -> None:
    carry(f"some/where/{WHEEL.file_name}")
    runtime.fetch_wheel(WHEEL, cache=cache, sources={"carrier": runtime.from_carrier})
    assert [file.name for file in cache.iterdir()] == [WHEEL.file_name]


def test_a_carrier_without_the_file(cache: Path, carry: Callable[[str], None]) -> None:
    carry("some/where/else.whl")
    with pytest.raises(BuildError, match="does not carry"):
        runtime.fetch_wheel(WHEEL, cache=cache, sources={"carrier": runtime.from_carrier})


def test_the_cache_can_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("LIVEGRAD_CACHE", raising=False)
    assert runtime.cache_folder() == tmp_path / "xdg" / "livegrad"
    monkeypatch.setenv("LIVEGRAD_CACHE", str(tmp_path / "here"))
    assert runtime.cache_folder() == tmp_path / "here"
