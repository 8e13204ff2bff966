"""Lighthouse on the public pages, as on a phone with a slow line: `python -m benchmarks.lighthouse [edition files]`.

Prints the median of five runs of each kind of page, and fails where one is below what is promised.
"""

import json
import os
import statistics
import subprocess
import sys

from .demonstration import CHROMIUM_OPTIONS, ROOT, chromium, demonstration
from .kinds_of_pages import kinds_of_pages

LIGHTHOUSE = ROOT / "benchmarks" / "node" / "node_modules" / ".bin" / "lighthouse"
RUNS = 5
TRIES = 3  # Chromium loses a trace in some hundred.
PROMISED = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
LONGEST_PAINT, LARGEST_SHIFT = 1500, 0  # ms, without a unit
# The picture of a whole printed page, and an issue whose photos do not wait for the reader, as no printer scrolls.
LATER_PAINT = {"page": 1700, "whole issue": 1600}
# Results of a search and the issue to be printed are kept out of search engines, which costs a page its points there.
NOT_INDEXED = {"search", "whole issue"}


def main(edition_files):
    broken = False
    names = (*PROMISED, "paint", "shift", "requests", "kB")
    print(f"{'':<16}" + "".join(f"{name:>15}" for name in names))
    with demonstration(edition_files) as site:
        for kind, address in kinds_of_pages(site).items():
            reports = [_report(site + address) for _run in range(RUNS)]
            row = {name: statistics.median(_scores(report)[name] for report in reports) for name in names}
            print(f"{kind:<16}" + "".join(f"{row[name]:>15.4g}" for name in names), flush=True)
            for audit in sorted({audit for report in reports for audit in _failed(report)}):
                print(f"    {audit}")
            broken |= any(
                row[name] < least for name, least in PROMISED.items() if name != "seo" or kind not in NOT_INDEXED
            )
            broken |= row["paint"] > LATER_PAINT.get(kind, LONGEST_PAINT) or row["shift"] > LARGEST_SHIFT
    sys.exit(broken)


def _report(address):
    command = [LIGHTHOUSE, address, "--output=json", "--quiet", "--form-factor=mobile", "--locale=en"]
    flags = " ".join(("--headless", *CHROMIUM_OPTIONS))
    for _try in range(TRIES):
        run = subprocess.run(
            [*command, f"--only-categories={','.join(PROMISED)}", f"--chrome-flags={flags}"],
            env={**os.environ, "CHROME_PATH": chromium()},
            capture_output=True,
            text=True,
        )
        if run.returncode == 0:
            return json.loads(run.stdout)
    raise SystemExit(run.stderr)


def _scores(report):
    audits = report["audits"]
    requests = audits["network-requests"]["details"]["items"]
    return {
        **{name: 100 * report["categories"][name]["score"] for name in PROMISED},
        "paint": audits["largest-contentful-paint"]["numericValue"],
        "shift": audits["cumulative-layout-shift"]["numericValue"],
        "requests": len(requests),
        "kB": sum(request["transferSize"] for request in requests) / 1000,
    }


def _failed(report):
    """What costs points in a category that is to have all, or moves the page."""
    for name in PROMISED:
        if name != "performance":
            for audit in report["categories"][name]["auditRefs"]:
                found = report["audits"][audit["id"]]
                if audit["weight"] and found["score"] not in (None, 1):
                    yield f"{name}: {found['title']}"


if __name__ == "__main__":
    main(sys.argv[1:])
