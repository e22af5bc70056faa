"""What Lighthouse finds: `python3 build.py bench audit [-- --phone]`.

Lighthouse is large and asks for a newer Node than the build does: both are fetched when it is
asked for, Lighthouse into .build/lighthouse. Exit code 1 if a score that depends on the page
alone is not 100. Its score for performance is shown beside what the browser saw: Lighthouse
reckons with a slow line on which all that Python starts from (17 MB) comes before the page is
called painted and idle, though the page is there, and works, long before.
"""

from __future__ import annotations

import argparse
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from site_server import serve  # noqa: E402
from web.build.node import LOCK, Node, packaged_node  # noqa: E402
from web.build.steps import SCRATCH, run, step  # noqa: E402

PACKAGE = "lighthouse@13.5.0"
PLACE = SCRATCH / "lighthouse"
SCRIPT = PLACE / "node_modules" / "lighthouse" / "cli" / "index.js"
REPORT = PLACE / "report.json"
WHOLE = ("accessibility", "best-practices", "seo")
SEEN = {
    "observedFirstContentfulPaint": "first contentful paint, ms",
    "observedLargestContentfulPaint": "largest contentful paint, ms",
    "observedCumulativeLayoutShift": "cumulative layout shift",
}


def install() -> Node:
    """Both stay out of .venv, whose tests may want to find no Node there."""
    packages = PLACE / "python"
    sys.path.insert(0, str(packages))
    node = packaged_node()
    if not node:
        with step("Node, from the Python registry"):
            pip = [sys.executable, "-P", "-m", "pip", "install", "--quiet", "--require-hashes"]
            run([*pip, "--target", packages, "-r", LOCK], "Fetching Node")
        importlib.invalidate_caches()
        node = packaged_node()
        assert node
    if not SCRIPT.is_file():
        with step("Lighthouse"):
            PLACE.mkdir(parents=True, exist_ok=True)
            npm = [*node.npm, "install", "--prefix", PLACE, "--ignore-scripts", "--no-audit"]
            run([*npm, "--no-fund", PACKAGE], "Installing Lighthouse", env=node.environment)
    return node


def audit(node: Node, url: str, *, phone: bool) -> dict[str, Any]:
    flags = "--headless=new" + (" --no-sandbox" if os.name != "nt" and os.geteuid() == 0 else "")
    command = [node.program, SCRIPT, url, "--quiet", "--output=json", f"--output-path={REPORT}"]
    command += [f"--chrome-flags={flags}", *([] if phone else ["--preset=desktop"])]
    chrome = {"CHROME_PATH": os.environ["LIVEGRAD_CHROMIUM"]}
    subprocess.run(command, check=True, env={**os.environ, **chrome}, stdout=subprocess.DEVNULL)
    found: dict[str, Any] = json.loads(REPORT.read_text(encoding="utf-8"))
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    options.add_argument("--phone", action="store_true", help="as on a phone, with its line")
    phone = options.parse_args().phone
    node = install()
    with serve(ROOT / "dist") as site:
        found = audit(node, site.url, phone=phone)
    less = 0
    for name, category in found["categories"].items():
        print(f"{name:24}{category['score'] * 100:4.0f}")
        for part in category["auditRefs"]:
            seen = found["audits"][part["id"]]
            if part["weight"] and seen["score"] is not None and seen["score"] < 1:
                print(f"    {seen['title']} {seen.get('displayValue', '')}")
        less += name in WHOLE and category["score"] < 1
    metrics, *_ = found["audits"]["metrics"]["details"]["items"]
    for name, words in SEEN.items():
        print(f"{words:32}{metrics[name]:8.3g}")
    print(f"All of it: {REPORT.relative_to(ROOT)}")
    return less > 0


if __name__ == "__main__":
    sys.exit(main())
