"""What a reader sees of a line of Markdown."""

from __future__ import annotations

import pytest

from footnote_index.loaders.markdown.inline import Inline, references_in, shown_in


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("The **dam** is *old*", "The dam is old"),
        ("***very*** __old__ _dam_", "very old dam"),
        ("==marked== text", "marked text"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        ("a == b == c", "a == b == c"),
        ("** not strong **", "** not strong **"),
        ("**bold *and italic* text**", "bold and italic text"),
    ],
)
def test_emphasis_is_not_seen(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("`a*b*c` and *d*", "a*b*c and d"),
        ("`` a`b ``", "a`b"),
        ("`<b>`", "<b>"),
        ("`a &amp; b`", "a &amp; b"),
        ("` `", " "),
        ("a ` b", "a ` b"),
        (r"\*not\* \[strong\]", "*not* [strong]"),
        (r"\d \_", r"\d _"),
    ],
)
def test_code_and_escaped_characters_stay(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("[the dam](https://norvik.example)", "the dam"),
        ("[the dam](a_(b).html 'title')", "the dam"),
        ("[the [old] dam](a)", "the [old] dam"),
        ("[the dam][1]", "the dam"),
        ("![a picture](a.png)The dam", "The dam"),
        ("[![a picture](a.png) the dam](b)", " the dam"),
        ("[[Dams|the dam]] and [[Locks]]", "the dam and Locks"),
        ("![[picture.png]]The dam", "The dam"),
        ("<https://norvik.example/a_b_c>", "https://norvik.example/a_b_c"),
        ("<mailto:ann@norvik.example>", "ann@norvik.example"),
        ("<ann@norvik.example>", "ann@norvik.example"),
        ("ApiKey[\\*][1], Secret [*](#a) and [\\*\\*][2] [†](b)", "ApiKey, Secret  and  "),
        ("[a\\*][1] and [\\*]", "a* and [*]"),
        ("[the dam]", "[the dam]"),
        ("a [1] b", "a [1] b"),
    ],
)
def test_of_links_and_pictures_their_words_are_seen(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


def test_a_short_link_needs_its_address_elsewhere() -> None:
    inline = Inline(references_in("[The Dam]: https://norvik.example\n   [lock]: b\n    [code]: c\n[^1]: note"))
    assert inline.references == {"the dam": "https://norvik.example", "lock": "b"}
    assert inline.seen("[the DAM] and [code] and [lock](b)") == "the DAM and [code] and lock"


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("10^6^ m<sup>2</sup>", "10⁶ m²"),
        ("H~2~O and CO<sub>2</sub>", "H₂O and CO₂"),
        ("19<sup>th</sup>", "19th"),
        ("x^2/3^", "x^(2/3)"),
        ("a ^ b ^ c", "a ^ b ^ c"),
        ("~~old~~new", "new"),
        ("<del>old</del><s class='a'>older</s>new", "new"),
        ("<s>old <b>price</b></s> new", " new"),
        ("<s>old <s>older</s> price</s> new", " new"),
        ("<del>old <s>price</s></del> new", " new"),
        ("<s>old</s> new <s>older</s>", " new "),
        ("<s>old <b>new</b>", "<s>old new"),
        ("~~old ~5 m~~ new", " new"),
        ("10<sup><em>6</em></sup> m<sup class='a'>2</sup>", "10⁶ m²"),
    ],
)
def test_raised_lowered_and_struck_text(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("one<br/>two", "one two"),
        ("<b>one</b> <span class='a'>two</span>", "one two"),
        ("Press <button class='a'>Deploy</button>.", "Press Deploy."),
        ("a < b and c > d", "a < b and c > d"),
        ("<video>one</video>", "<video>one</video>"),
        ("<tr><td>Fee</td><td>5 euros</td></tr>", "  Fee  5 euros  "),
        ("<ul> <li>tea</li><li class='a'>rice</li> </ul>", "   tea  rice   "),
        ("<picture><source srcset='a.png'><img src='b.png'></picture>", ""),
        ("Copy <source> to <track>", "Copy <source> to <track>"),
        ("<p>one</p><hr/><p>two</p>", " one   two "),
        ("Tea &amp; rice &#8211; hot", "Tea & rice – hot"),
    ],
)
def test_html_inside_a_line(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


@pytest.mark.parametrize(
    "line",
    [
        "So a^2+b^2=c^2 holds.",
        "So x^2-y^2 and x^2,y^2 and x^2^y stay.",
        "If a==b and c==d then stop.",
        "So 5*6 = 30 and 7*8 = 56.",
        "Open 5~6,7~8 daily.",
        "See https://shop.example/?currency=USD&region=EU&section=2 now.",
        "See https://a.example/_b_/c~1/d~e and http://a.example/(x_y_z) now.",
        "Tea &amp rice, &copyright; and &nosuch; too",
    ],
)
def test_formulas_and_addresses_stay(line: str) -> None:
    assert Inline().seen(line) == line


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("10^-6^ m, Ca^2+^, 10^6^-fold and kg^2^.", "10⁻⁶ m, Ca²⁺, 10⁶-fold and kg²."),
        ("a^2^b^3^ c", "a^2^b³ c"),
        ("(==marked==)", "(marked)"),
        ("5*very*old", "5veryold"),
        ("**https://a.example/b_c_d**, _https://a.example/e_.", "https://a.example/b_c_d, https://a.example/e."),
        ("<b>http://a.example/?b=1&amp;c=2</b>", "http://a.example/?b=1&c=2"),
        ("&#169; &#xA9; &copy; &COPY;", "© © © ©"),
        ("&#xE000;7&#xE001;", "\ue0007\ue001"),
    ],
)
def test_marks_around_formulas_and_addresses_are_not_seen(line: str, seen: str) -> None:
    assert Inline().seen(line) == seen


def test_notes_are_numbered_by_their_first_reference() -> None:
    inline = Inline()
    assert inline.seen("It holds[^b] and leaks[^a], as said[^b].") == "It holds¹ and leaks², as said¹."
    assert [inline.mark_of(name) for name in ("a", "b", "new")] == ["²", "¹", "³"]


def test_marks_for_what_is_held_cannot_be_written_in_a_file() -> None:
    assert Inline().seen("\ue0000\ue001 `code` \ue0007\ue001") == "0 code 7"


def test_very_long_lines_stay_as_they_are() -> None:
    assert Inline().seen("*a* " * 12_500) == "a " * 12_500
    assert Inline().seen("*a* " * 12_501) == "*a* " * 12_501


@pytest.mark.parametrize("mark", ["*", "_", "[", "`", "<", "~", "!["])
def test_a_line_of_marks_is_read_in_no_time(mark: str) -> None:
    assert Inline().seen(mark * 5_000)


@pytest.mark.parametrize(
    ("line", "seen"),
    [
        ("[![licence](https://badges.example/a.svg)](https://norvik.example/licence)", ""),
        ("[The dam](#dam){ .md-button .wide } holds", "The dam holds"),
        ('![dam](a.png){width="300"} It holds', " It holds"),
        ("[the dam](a){x: 1}", "the dam{x: 1}"),
        ("{ref}`the guide <guide>` and {func}`~dam.open` of {doc}`dams`", "the guide and dam.open of dams"),
        (":rocket: Fast :white_check_mark: :x:", " Fast ✓ ✗"),
        ("10:30:00 std::env::args a:b:c `:rocket:` http://a.example/:id:", None),
    ],
)
def test_what_is_only_for_programs_is_not_seen(line: str, seen: str | None) -> None:
    assert Inline().seen(line) == (line.replace("`", "") if seen is None else seen)


def test_a_link_by_the_name_of_code_has_no_brackets() -> None:
    references = references_in("[`run-it`]: https://norvik.example")
    assert Inline(references).seen("Call [`run-it`], not [`x`].") == "Call run-it, not [x]."


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("![Red lamp](red.png)", "Red lamp"),
        ("![Red lamp](red.png) ![Green lamp][2]", "Red lamp, Green lamp"),
        ('<img src="red.png" alt="Red lamp">', "Red lamp"),
        (":warning:", "warning"),
        (":no_entry_sign:", "no entry sign"),
        ("![](red.png)", ""),
        ("", ""),
    ],
)
def test_pictures_alone_in_a_cell_are_described(cell: str, said: str) -> None:
    assert Inline().seen(cell).strip() == ""
    assert shown_in(cell) == said
