"""Front matter of notes that their readers see, and that of web sites, which they do not."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.loader import parse

LINK = "She sails with [[Toma]]."


def shown(matter: str, body: str = LINK, name: str = "Mera.md") -> str:
    """What is above the text."""
    text = parse(name, f"---\n{matter}\n---\n\n{body}\n".encode()).text
    return text.removesuffix(body.replace("[", "").replace("]", "")).rstrip()


def test_properties_of_a_note_are_above_its_text() -> None:
    note = (
        '---\nname: Mera\nspecies: Half-elf\nHP: 12\nhome_port: "[[Vel Asta|the old port]]"\ncrew:\n  - "[[Toma]]"\n'
        "  - Ruk\nship: [[Gull]]\nborn: 1174-03-02\nodds: 1/4\nempty:\ntags: [npc]\npublish: true\npermalink: mera\n"
        "---\n\n# Mera\n\nA captain.\n"
    )
    article = parse("npcs/Mera.md", note.encode())
    assert (article.title, article.remarks) == ("Mera", ())
    assert article.text == (
        "Species: Half-elf\nHP: 12\nHome port: the old port\nCrew: Toma, Ruk\nShip: Gull\nBorn: 1174-03-02\nOdds: 1/4"
        "\n\nA captain."
    )


@pytest.mark.parametrize(
    ("matter", "body"),
    [
        ("species: Elf\ntags: [npc]\naliases: [The Gull]\ncreated: 2024-01-01", "A captain."),
        ("species: Elf\ntitle: Mera\nimage: mera.png", LINK),
        ("species: Elf\ncssclasses: [wide]\ndescription: About her.", "A captain."),
        ("species: Elf\nweight: 70 kg", "A captain."),
    ],
)
def test_a_note_is_known_by_its_links_or_its_names(matter: str, body: str) -> None:
    assert "Species: Elf" in shown(matter, body)


@pytest.mark.parametrize(
    "matter",
    [
        "title: Setup\ntopic: Installing the program",
        "title: Setup\nparent: First steps\nnav_order: 2",
        "sidebar_label: First steps\naudience: New users",
        "layout: post\nsubject: A new release",
        "linkTitle: Setup\nweight: 30\naudience: New users",
        "weight: 30\naudience: New users",
        "ms.topic: how-to\naudience: New users",
        "description: How to set it up.\naudience: New users",
        "audience: New users\nhero:\n  name: Program",
        "permalink: setup\naudience: New users",
        "slug: setup\naudience: New users",
    ],
)
def test_front_matter_of_a_web_site_is_not_shown(matter: str) -> None:
    assert shown(matter, "Install it first.") == ""


@pytest.mark.parametrize("matter", ["layout: post", "nav_order: 2", "weight: 30", "sidebar_position: 1"])
def test_nor_is_that_of_a_site_with_links_between_its_notes(matter: str) -> None:
    assert shown(f"{matter}\naudience: New users") == ""


@pytest.mark.parametrize(
    "body", ["`[[Toma]]` is a link.", "[[1]](https://example.org)", "[[toc]]\n\nText.", "[[ -f x ]]"]
)
def test_what_only_looks_like_a_link_makes_no_note(body: str) -> None:
    assert "Subject" not in shown("title: A\nsubject: New users", body)


@pytest.mark.parametrize(
    "value",
    [
        *("true", "No", "null", "/docs/setup", "docs/setup", "img/ship.png", "ship.png", "even-table-col", "a_slug"),
        *("https://example.org", "en", "pt_BR", "'#ff0000'", "'{{title}}'", "{a: b}", "[{a: b}]", "[[a, b]]", "'[]'"),
        *("0f8fad5b-d9cb-469f-a165-70867728950e", "'---'", "[]", f"'{'word ' * 40}'"),
    ],
)
def test_what_is_no_short_prose_is_not_shown(value: str) -> None:
    assert shown(f"x: {value}\nspecies: Elf") == "Species: Elf"


@pytest.mark.parametrize("name", ["id", "icon", "order", "dg-home", "sr-due", "banner_y", "up", "author", "source"])
def test_names_for_programs_are_not_shown(name: str) -> None:
    assert shown(f"{name}: 12\nspecies: Elf") == "Species: Elf"


def test_neither_toml_nor_components_have_properties() -> None:
    assert parse("Mera.md", f'+++\nspecies = "Elf"\n+++\n{LINK}'.encode()).text == "She sails with Toma."
    assert "Species" not in shown("species: Elf", name="Mera.mdx")


def test_aliases_of_yaml_make_no_bomb() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)]
    assert shown("\n".join(lines)) == "A: x, x, x, x, x, x, x, x, x"


@pytest.mark.parametrize("link", ["callouts", "sync/plans", "404.html", "pretty", "/a/b", ":title/"])
def test_a_permalink_without_a_host_is_no_address(link: str) -> None:
    article = parse("a.md", f"---\ntitle: A\npermalink: {link}\n---\nText.".encode())
    assert (article.url, article.remarks) == (None, ())


def test_other_addresses_are_checked_as_before() -> None:
    known = parse("a.md", b"---\npermalink: https://example.org/a\n---\nText.")
    assert (known.url, known.remarks) == ("https://example.org/a", ())
    broken = parse("a.md", b"---\nurl: callouts\n---\nText.")
    assert (broken.url, len(broken.remarks)) == (None, 1)
