"""How the page looks, held against pictures that were kept: what changed, and what is let pass.

Pixels are not asked to be equal: two machines, or two versions of Chromium, smooth the edges of
letters in their own way, place them to another fraction of a pixel, and draw a shadow a shade
off; such pictures would be retaken until nobody looks at them. Fonts, which differ most, are
therefore the same everywhere (Inter, DejaVu Sans Mono and Noto Sans KR, as in the design's
drawing, from the Node registry), and what is compared is means over blocks of 4 by 4 pixels,
each of which may also be what a neighbour of it was. What then differs is told if it is

- a patch: 2 by 2 blocks, all of them off by more than `SHADE`, as where a colour changed, a thing
  came or went; or
- many edges: more than `EDGES` of all blocks off by more than `STRONG`, as where text or a panel
  has moved by more than a block.

The figures lie between what was measured for letters placed to whole pixels only (no patch; 0.6
in a thousand) and for a panel of 300 by 300 pixels moved by 8 (4.3 in a thousand).
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

ROOT = Path(__file__).parents[2]
KEPT = Path(__file__).with_name("looks")
FOUND = ROOT / ".build" / "looks"
RETAKE = "python3 build.py test -- tests/page/test_looks.py --retake"

BLOCK = 4  # pixels, both ways
SHADE = 6  # of 255
STRONG = 24
EDGES = 0.001

MODULES = ROOT / "web" / "node_modules"
STYLES = (
    "@fontsource-variable/inter/index.css",
    "@fontsource-variable/noto-sans-kr/index.css",
    "@fontsource/dejavu-mono/400.css",
    "@fontsource/dejavu-mono/700.css",
)
FAMILIES = """
:root:root:root {
  --sans: "Inter Variable", "Noto Sans KR Variable", sans-serif;
  --mono: "DejaVu Mono", "Noto Sans KR Variable", monospace;
}
"""


def in_known_fonts(dist: Path) -> dict[str, bytes]:
    """Files that stand in for the site's style: the same, in fonts that come with it."""
    files: dict[str, bytes] = {}
    faces = ""
    for name in STYLES:
        style = MODULES / name
        package = style.parent
        faces += style.read_text(encoding="utf-8").replace("./files/", f"fonts/{package.name}/")
        for font in package.glob("files/*.woff2"):
            files[f"assets/fonts/{package.name}/{font.name}"] = font.read_bytes()
    (own,) = (dist / "assets").glob("index-*.css")
    files[f"assets/{own.name}"] = own.read_bytes() + (faces + FAMILIES).encode()
    return files


@dataclass(frozen=True)
class Difference:
    """Blocks that differ: all of a patch, and the strongest edges."""

    patches: np.ndarray
    edges: np.ndarray

    def __bool__(self) -> bool:
        return bool(self.patches.any()) or float(self.edges.mean()) > EDGES

    def __str__(self) -> str:
        rows, columns = np.nonzero(self.patches | self.edges)
        at = (int(n) * BLOCK for n in (columns.min(), rows.min(), columns.max(), rows.max()))
        left, top, right, bottom = at
        return (
            f"{int(self.patches.sum())} blocks in patches, {self.edges.mean():.2%} strong edges, "
            f"between ({left}, {top}) and ({right + BLOCK}, {bottom + BLOCK})"
        )


def reduced(picture: Image.Image) -> Image.Image:
    return picture.convert("RGB").reduce(BLOCK)


def difference(one: Image.Image, other: Image.Image) -> Difference:
    """Of two reduced pictures of one size."""
    off = np.maximum(_beyond(one, other), _beyond(other, one))
    shade = off > SHADE
    corners = shade[1:, 1:] & shade[:-1, 1:] & shade[1:, :-1] & shade[:-1, :-1]
    patches = np.zeros_like(shade)
    for down in (0, 1):
        for right in (0, 1):
            patches[down : down + corners.shape[0], right : right + corners.shape[1]] |= corners
    return Difference(patches, off > STRONG)


def _beyond(picture: Image.Image, other: Image.Image) -> np.ndarray:
    """By how much each block leaves the range of the other's block and its eight neighbours."""
    values = np.asarray(picture, dtype=np.int16)
    low = np.asarray(other.filter(ImageFilter.MinFilter(3)), dtype=np.int16)
    high = np.asarray(other.filter(ImageFilter.MaxFilter(3)), dtype=np.int16)
    return np.maximum(np.maximum(low - values, values - high), 0).max(axis=-1)


def assert_looks_as_kept(name: str, png: bytes, *, retake: bool = False) -> None:
    """Compare a screenshot with the picture of that name, or keep it as the picture.

    Where they differ, the new picture and one with the differences marked are written to
    .build/looks; the new one also where it is kept, for it is to be looked at.
    """
    new = Image.open(BytesIO(png)).convert("RGB")
    kept = KEPT / f"{name}.png"
    picture, marked = FOUND / f"{name}.png", FOUND / f"{name}-difference.png"
    FOUND.mkdir(parents=True, exist_ok=True)
    if retake:
        KEPT.mkdir(exist_ok=True)
        reduced(new).save(kept, optimize=True)
        new.save(picture)
        return
    if not kept.is_file():
        told, found = f"There is no {kept}", None
    elif (old := Image.open(kept).convert("RGB")).size != reduced(new).size:
        told, found = f"{name} was {old.size} blocks of {BLOCK} pixels, not {new.size} pixels", None
    else:
        found = difference(reduced(new), old)
        told = f"{name} looks different: {found}" if found else ""
    if not told:
        return
    new.save(picture)
    seen = f"See {picture}"
    if found:
        mark(new, found).save(marked)
        seen += f" and {marked}"
    raise AssertionError(f"{told}. {seen}; if it is as it should be, keep it: {RETAKE}")


def mark(picture: Image.Image, found: Difference) -> Image.Image:
    """The picture, pale, with the blocks that differ framed."""
    pale = Image.blend(picture, Image.new("RGB", picture.size, "white"), 0.6)
    draw = ImageDraw.Draw(pale)
    for row, column in zip(*np.nonzero(found.patches | found.edges), strict=True):
        x, y = int(column) * BLOCK, int(row) * BLOCK
        draw.rectangle((x, y, x + BLOCK - 1, y + BLOCK - 1), outline="magenta")
    return pale
