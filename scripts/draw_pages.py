"""Pictures of the reading room for docs/, taken in Chromium: start `footnote web --port 8741`, then

python scripts/draw_pages.py http://127.0.0.1:8741
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

DOCS = Path(__file__).parents[1] / "docs"
QUESTION = "When did the last American troops leave Kabul?"
DESKTOP, PHONE = (1280, 800), (390, 844)


def take(browser: Browser, address: str, scheme: str, size: tuple[int, int], *, prefix: str) -> None:
    """An answer, and the article that its first footnote leads to."""
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=2 if size == PHONE else 1,
        reduced_motion="reduce",
    )
    page = context.new_page()
    ask(page, address)
    page.screenshot(path=DOCS / f"{prefix}answer-{scheme}.png")
    page.get_by_role("link", name="Read it here").first.click()
    page.wait_for_url("**/articles/**")
    page.screenshot(path=DOCS / f"{prefix}article-{scheme}.png")
    context.close()


def ask(page: Page, address: str) -> None:
    """Through the question box."""
    page.goto(address)
    page.get_by_label("Your question").fill(QUESTION)
    page.get_by_role("button", name="Ask").click()
    page.wait_for_url("**/answers/**")
    page.locator("h1").hover()


def main() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            take(browser, sys.argv[1], scheme, DESKTOP, prefix="page-")
        take(browser, sys.argv[1], "light", PHONE, prefix="phone-")
        browser.close()


if __name__ == "__main__":
    main()
