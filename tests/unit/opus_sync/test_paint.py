"""Marks of colour: of no width, not to be forged, and gone where nobody sees colours."""

from __future__ import annotations

from opus_sync.paint import bad, coloured, gone, good, is_mark, quiet, unpainted
from opus_sync.shown import WIDTH, field, markdown, one_line, short, wrapped


def test_marks_take_no_room_when_a_text_is_wrapped() -> None:
    """The lines are those of the text without marks, and each word keeps its colour."""
    words = [f"word{number}" for number in range(60)]
    text = " ".join(bad(word) if number % 3 else word for number, word in enumerate(words))
    lines = wrapped(text, "  ")
    assert [unpainted(line) for line in lines] == wrapped(" ".join(words), "  ")
    assert coloured(" ".join(line.strip() for line in lines)) == coloured(text)
    assert max(len(unpainted(line)) for line in lines) <= WIDTH


def test_a_colour_over_several_lines_starts_and_ends_with_its_words() -> None:
    first, *_, last = wrapped(f"before {good(' '.join('y' * 100))} after", "    ")
    shown = coloured(first)
    assert shown.startswith("    before \x1b[32my ")
    assert coloured(last).endswith("y\x1b[0m after")


def test_a_label_stands_beside_its_text() -> None:
    lines = [unpainted(line) for line in field("says", "x " * 60)]
    assert lines[0].startswith("  says        x x")
    assert all(line.startswith(" " * 14 + "x") for line in lines[1:])
    assert unpainted("".join(field("says", ""))) == "  says"


def test_data_holds_no_marks_that_count() -> None:
    """A painted text loses marks of its own; whatever cuts data to a line takes them out."""
    forged = quiet("x") + "\x1b[31m"
    assert unpainted(good(forged)) == "x\x1b[31m"
    assert sum(map(is_mark, good(forged))) == 2
    assert not any(map(is_mark, one_line(forged) + short(forged, 10) + markdown(gone("y"))))
    assert markdown(f"{gone('y')}, z") == "y, z"
