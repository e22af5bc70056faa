"""Files that the book downloads. Livegrad downloads nothing: it looks where they would be."""

import os
from pathlib import Path
from typing import Any

cache_dir = os.path.join(os.path.expanduser("~"), ".dezero")  # where DeZero keeps its downloads


def get_file(url: str, file_name: str | None = None) -> str:
    """The absolute path of a file that is here already.

    Args:
        url: the path of a file, or the address that DeZero downloads from; of an address, the last
            part is looked for in `cache_dir`, where DeZero has kept it if it was ever there.
        file_name: the name in `cache_dir`, if it is not the last part of `url`.

    Raises:
        FileNotFoundError: it is not here; the message says what to fetch and where to put it.
    """
    given = Path(url)
    if given.is_file():
        return str(given.resolve())
    kept = Path(cache_dir) / (file_name or url[url.rfind("/") + 1 :])
    if not kept.is_file():
        raise FileNotFoundError(
            f"{url} has to be downloaded, and Livegrad downloads nothing: "
            f"fetch it yourself and put it at {kept}, or pass the path of your copy"
        )
    return str(kept.resolve())


def show_progress(block_num: int, block_size: int, total_size: int) -> None:
    """Print a bar of 30 places: `block_num` blocks of `block_size` bytes of `total_size` done.

    It fits `reporthook` of `urllib.request.urlretrieve`.
    """
    done = min(1.0, block_num * block_size / total_size) if total_size > 0 else 1.0
    bar = "#" * int(30 * done)
    print(f"\r[{bar:.<30}] {100 * done:.2f}%", end="")


def local_file(path: Any, name: str, url: str) -> str:
    """`path`, or the file `name` in the folder `path`, or where `path` is None `get_file(url)`.

    Raises FileNotFoundError if there is none.
    """
    if path is None:
        return get_file(url, name)
    found = Path(path)
    if found.is_dir():
        found = found / name
    if not found.is_file():
        raise FileNotFoundError(f"there is no {found}: fetch {url} yourself and put it there")
    return str(found)
