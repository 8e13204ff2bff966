"""Pictures of each kind of public page, to be looked at: `python -m benchmarks.screenshots FOLDER [edition files]`.

`<kind>-<width>-<scheme>.png`, `<kind>-360-large.png` in large type, and `<kind>.pdf` as it is printed.
"""

import itertools
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from .demonstration import CHROMIUM_OPTIONS, chromium, demonstration
from .kinds_of_pages import kinds_of_pages

WIDTHS, SCHEMES = (360, 768, 1280), ("light", "dark")


def main(folder, edition_files):
    folder.mkdir(parents=True, exist_ok=True)
    with demonstration(edition_files) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(CHROMIUM_OPTIONS))
        pages = kinds_of_pages(site)
        looks = [
            *((f"{width}-{scheme}", width, scheme, "normal") for width, scheme in itertools.product(WIDTHS, SCHEMES)),
            ("360-large", 360, "light", "large"),
        ]
        for look, width, scheme, size in looks:
            page = browser.new_page(
                base_url=site, locale="zh-CN", viewport={"width": width, "height": 800}, color_scheme=scheme
            )
            page.add_init_script(f"localStorage.setItem('type-size', '{size}')")
            for kind, path in pages.items():
                _open(page, path)
                page.screenshot(path=folder / f"{kind}-{look}.png", full_page=True)
            page.close()
        page = browser.new_page(base_url=site, locale="zh-CN")
        for kind, path in pages.items():
            _open(page, path)
            page.pdf(path=folder / f"{kind}.pdf", format="A4")
    print(f"{folder}: {len(pages)} kinds of pages.")


def _open(page, path):
    page.goto(path)
    # A picture waits until it comes into view: all are fetched now.
    page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(img => { img.loading = 'eager' })")
    page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
