"""Chromium, if this machine has one: Debian's, driven by Playwright, which comes without a browser here."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, Page, Request, Response, async_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]  # as root, in a container


def chromium() -> str:
    """The program. Skips the test where there is none, unless CI says that there has to be one."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        if os.environ.get("TESTS_NEED_BROWSER"):
            pytest.fail("TESTS_NEED_BROWSER is set, and there is no Chromium: apt-get install chromium")
        pytest.skip("there is no Chromium here (apt-get install chromium)")
    return found


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    program = chromium()
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(executable_path=program, args=_OPTIONS)
        try:
            yield started
        finally:
            await started.close()


@dataclass  # Playwright sets attributes of its own on whatever handlers belong to
class Watched:
    """A page and all that went wrong in it: messages of the console, errors of scripts, requests to other servers."""

    page: Page
    url: str
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._look_at)
        self.page.on("response", self._look_at_response)

    def _look_at(self, request: Request) -> None:
        if not request.url.startswith(self.url):
            self.complaints.append(f"asked for {request.url}")

    def _look_at_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status} for {response.url}")

    async def go(self, address: str) -> None:
        await self.page.goto(self.url + address)

    async def is_in_view(self, selector: str) -> bool:
        """Whether it is in the window, and in the visible part of its pane."""
        return bool(await self.page.locator(selector).first.evaluate(_IS_IN_VIEW))

    async def background(self, selector: str) -> str:
        return str(await self.page.locator(selector).first.evaluate("e => getComputedStyle(e).backgroundColor"))


@asynccontextmanager
async def watched(
    started: Browser, url: str, *, scheme: str = "light", width: int = 1280, scripts: bool = True, scale: float = 1
) -> AsyncIterator[Watched]:
    context = await started.new_context(
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 844 if width < 700 else 860},
        java_script_enabled=scripts,
        device_scale_factor=scale,
        reduced_motion="reduce",
    )
    seen = Watched(await context.new_page(), url)
    seen.watch()
    try:
        yield seen
    finally:
        await context.close()


async def low_contrasts(page: Page) -> Sequence[str]:
    """Texts whose contrast with their background is below WCAG's level AA (4.5, or 3 for large letters)."""
    return list(await page.evaluate(_LOW_CONTRASTS))


async def faults(page: Page) -> Sequence[str]:
    """Problems for screen readers, according to axe-core's rules."""
    return list(await page.evaluate(_FAULTS))


_IS_IN_VIEW = """element => {
  const box = element.getBoundingClientRect();
  let [top, bottom] = [0, innerHeight];
  const pane = element.closest(".pane");
  if (pane) {
    const around = pane.getBoundingClientRect();
    [top, bottom] = [Math.max(top, around.top), Math.min(bottom, around.bottom)];
  }
  return box.height > 0 && box.top >= top - 1 && box.bottom <= bottom + 1;
}"""

_LOW_CONTRASTS = """() => {
  const channels = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
  const luminance = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(v => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = element => {
    for (let at = element; at; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const found = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const element = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || element.closest(".skip, .visually-hidden, script, style")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [luminance(channels(style.color)), luminance(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (contrast < (isLarge ? 3 : 4.5)) {
      found.push(`${contrast.toFixed(2)}: ${texts.currentNode.data.trim().slice(0, 40)}`);
    }
  }
  return found;
}"""

_FAULTS = """() => {
  const found = [];
  const say = (rule, element) => found.push(`${rule}: ${element.outerHTML.slice(0, 80)}`);
  const name = e => (e.getAttribute("aria-label") || e.innerText || e.value || "").trim();
  if (!document.documentElement.lang) found.push("no language");
  if (!document.title) found.push("no title");
  if (document.querySelectorAll("main").length !== 1) found.push("not one main landmark");
  if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
  let level = 1;
  for (const heading of document.querySelectorAll("main h1, main h2, main h3, main h4, main h5, main h6")) {
    const now = Number(heading.tagName[1]);
    if (now > level + 1) say("heading level skipped", heading);
    level = now;
  }
  for (const e of document.querySelectorAll("a[href], button, [role=region], summary")) if (!name(e)) say("no name", e);
  for (const e of document.querySelectorAll("input")) if (!e.labels.length) say("no label", e);
  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) ids.has(e.id) ? say("id twice", e) : ids.add(e.id);
  for (const e of document.querySelectorAll("a[href^='#']")) if (!ids.has(e.hash.slice(1))) say("leads nowhere", e);
  for (const e of document.querySelectorAll("[aria-labelledby]")) {
    if (!ids.has(e.getAttribute("aria-labelledby"))) say("no such label", e);
  }
  for (const e of document.querySelectorAll("*")) {
    const style = getComputedStyle(e);
    const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY);
    const isTooBig = e.scrollHeight > e.clientHeight + 1 || e.scrollWidth > e.clientWidth + 1;
    if (scrolls && isTooBig && e.tabIndex < 0 && e !== document.scrollingElement) say("not scrolled by keys", e);
  }
  for (const e of document.querySelectorAll("ul > :not(li), ol > :not(li)")) say("no list item", e);
  if (document.documentElement.scrollWidth > innerWidth + 1) found.push("wider than the window");
  return found;
}"""
