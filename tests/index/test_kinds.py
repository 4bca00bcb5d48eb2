"""Pages that are something else than an article."""

from __future__ import annotations

import pytest
from lxml import html

from footnote_index.loaders.html.kinds import why_no_article

NOT_FOUND = "it says that there is no such page"
A_BOT_CHECK = "it is a bot check, not the page itself"
LEADS_ON = "it only redirects to another page"
CONSENT = "it is only a cookie notice"
NEEDS_SCRIPT = "its text only appears when JavaScript runs; save the page from a browser"
LONG = "The dam above the valley holds back enough water for the whole town. " * 10


def why(
    text: str, *, title: str = "The dam", whole: str | None = None, head: str = "", has_script: bool = False
) -> str | None:
    page = html.fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>")
    return why_no_article(page, title, text, LONG if whole is None else whole, has_script=has_script)


@pytest.mark.parametrize("text", [LONG, "The dam holds.", "Tea costs 404 dollars.", "The road to page 404 is long."])
def test_articles_are_articles(text: str) -> None:
    assert why(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "The site was not found until 1932, when a farmer ploughed the hill.",
        "The document was not found among his papers.",
        "The site could not be found by either army.",
        "The last page no longer exists, as monks burnt it.",
        "The book has 404 pages.",
        "The census of 1900 had 404 errors.",
        "Type a name. The document you are looking for opens in a new window.",
        "The village has moved up the hill.",
        "The village moved permanently in 1932.",
        "The family moved here in 1932.",
        "The river was redirected in 1932.",
        "Redirecting the river took a year.",
        "The object moved across the sky.",
        "Die Familie ist 1932 umgezogen.",
        "We need JavaScript developers. Apply now.",
        "JavaScript enabled web pages to move.",
        "A page without JavaScript loads in no time.",
        "Captcha tests were invented in 2000.",
        "It took just a moment.",
        "The police saw unusual traffic on the bridge.",
        "The wound needed medical attention required by law.",
        "The town was refused: access denied to all farmers.",
    ],
)
def test_short_articles_about_such_things_are_articles(text: str) -> None:
    assert why(text, whole=text) is None


@pytest.mark.parametrize(
    "text",
    [
        "404",
        "Error 404",
        "404 - Not Found",
        "Page not found",
        "# The page could not be found",
        "Seite nicht gefunden",
        "Página no encontrada",
        "The page you are looking for has gone.",
        "页面不存在",
        "404 error",
        "The document was not found.",
        "The requested document was not found on this server.",
        "Page not found - Norvik News",
        "The page could not be found or has been removed.",
        "This page no longer exists.",
        "The page does not exist anymore",
        "Oops! That page can’t be found.",
        "This page cannot be found",
        "Oops! We can't find the page you're looking for.",
        "Die Seite wurde leider nicht gefunden.",
    ],
)
def test_a_page_that_is_missing_says_so(text: str) -> None:
    assert why(text) == NOT_FOUND


def test_the_title_may_say_that_a_page_is_missing() -> None:
    assert why("Try the front page.", title="404 Not Found") == NOT_FOUND


def test_a_long_text_or_a_late_sentence_may_be_about_missing_pages() -> None:
    assert why(f"Page not found. {LONG}") is None
    assert why(f"{'The town has a web site. ' * 5}It said: page not found.") is None


def test_a_short_article_may_be_called_moved() -> None:
    assert why("It is a film of 1932.", title="Moved", whole="It is a film of 1932.") is None


def test_a_bot_check_is_short() -> None:
    assert why("Just a moment. Checking your browser.") == A_BOT_CHECK
    assert why("One moment.", title="Attention Required!") == A_BOT_CHECK
    words = "dam " * 36
    assert why(f"{words}checking your browser") == A_BOT_CHECK  # 39 words
    assert why(f"{words}dam checking your browser") is None


@pytest.mark.parametrize(
    "text",
    [
        "Just a moment...",
        "Please complete the CAPTCHA to go on.",
        "reCAPTCHA",
        "Access Denied",
        "Norvik News | Access denied",
        "Access to this page has been denied.",
        "Our systems have detected unusual traffic from your network.",
        "Please verify you are a human.",
        "Are you a robot?",
    ],
)
def test_bot_checks_are_named(text: str) -> None:
    assert why(text) == A_BOT_CHECK


@pytest.mark.parametrize(
    "text",
    [
        "Object moved here.",
        "Object moved to here.",
        "You are being redirected.",
        "You will be redirected in 5 seconds.",
        "If you are not redirected, follow the link.",
        "Redirecting...",
        "Please wait. Redirecting to https://norvik.example/",
        "301 Moved Permanently",
        "Moved Permanently. The document has moved here.",
        "This page has moved.",
        "We have moved to our new site.",
        "The page has been moved to https://norvik.example/",
        "Sie werden weitergeleitet.",
        "Wir sind umgezogen.",
        "Redirection en cours",
    ],
)
def test_a_page_that_leads_on_is_short_as_a_whole(text: str) -> None:
    assert why(text, whole=text) == LEADS_ON
    assert why(text, whole=f"{text} {LONG}") is None


def test_a_page_that_refreshes_itself_leads_on_if_it_says_little() -> None:
    refresh = '<meta http-equiv="Refresh" content="0; URL=https://norvik.example/">'
    assert why("The dam holds.", head=refresh) == LEADS_ON
    assert why("dam " * 20, head=refresh) is None
    assert why("The dam holds.", head='<meta http-equiv="refresh" content="300">') is None


def test_a_cookie_notice_needs_a_choice_and_little_else() -> None:
    notice = "We use cookies on this site. Our partners process your personal data. You can accept or reject them."
    assert why(notice, whole=notice) == CONSENT
    assert why(notice, whole="We use cookies.") is None
    assert why(f"{notice} {LONG}", whole=notice) is None
    assert why(notice * 15, whole=notice) == CONSENT  # 1,500 characters
    assert why(notice * 16, whole=notice) is None


def test_a_page_may_need_javascript() -> None:
    assert why("Please enable JavaScript to go on.") == NEEDS_SCRIPT
    assert why("The dam.", whole="The dam. JavaScript is disabled.") == NEEDS_SCRIPT
    for text in (
        "You need a browser with JavaScript enabled.",
        "This site requires JavaScript.",
        "This app needs JavaScript to work.",
        "JavaScript must be enabled.",
        "It does not work without JavaScript.",
        "JavaScript required",
        "Bitte JavaScript aktivieren.",
    ):
        assert why(text) == NEEDS_SCRIPT
    assert why("dam " * 60, whole="Please enable JavaScript.") is None


def test_a_page_without_words_needs_its_script_if_it_has_one() -> None:
    assert why("Loading", whole="Loading now", has_script=True) == NEEDS_SCRIPT
    assert why("Loading", whole="Loading now") is None
    assert why("The dam holds it.", whole="The dam holds water well.", has_script=True) is None
