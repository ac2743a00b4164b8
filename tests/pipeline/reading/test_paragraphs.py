"""Paragraphs as the page has them, each once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pipeline.model.reading import Reading
from tests.pipeline.reading.page_fields import RELEASE, TIME, article, body, reading, release

_A = "Депутаты обсудили закон о бюджете и приняли его в первом чтении."
_B = "Палата депутаттары бюджет туралы заңды бірінші оқылымда қабылдады."
_C = "The members of the chamber passed the law on the budget in March."


def _readings(own: str) -> Iterator[tuple[str, Reading]]:
    yield "class", reading(article(TIME, body=own))
    content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{own}</div>"
    yield "order", reading(release(content), RELEASE)
    plain = article(TIME, body=own).replace("class='article", "class='x")
    yield "none", reading(plain.replace('class="article', 'class="x'))


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        (f"<p>{_A}</p><p>{_B}</p><p>{_C}</p>", (_A, _B, _C)),
        (f"{_A}<br><br>{_B}<br/><br/>{_C}", (_A, _B, _C)),
        (f"<p>{_A}<br><br>{_B}</p><p>{_C}</p>", (_A, _B, _C)),
        (f"<div>{_A}</div><div>{_B}</div><div>{_C}</div>", (_A, _B, _C)),
        (f"{_A}<div>{_B}</div>{_C}", (_A, _B, _C)),
        (f"<p>{_A}</p><ul><li>{_B}</li><li>{_C}</li></ul>", (_A, _B, _C)),
        (f"<p>{_A}</p><ol><li><p>{_B}</p></li><li>{_C}</li></ol>", (_A, _B, _C)),
        (f"<p>{_A}</p><blockquote>{_B}</blockquote><p>{_C}</p>", (_A, _B, _C)),
        (f"<p>{_A}</p><blockquote><p>{_B}</p></blockquote><p>{_C}</p>", (_A, _B, _C)),
        (f"<p>{_A}</p><h3>Новые сроки</h3><p>{_C}</p>", (_A, "Новые сроки", _C)),
        (f"<p>{_A}</p><p><b>Жаңа мерзім</b></p><p>{_C}</p>", (_A, "Жаңа мерзім", _C)),
        (f"<p>{_A}</p><p> &nbsp; </p><p>{_C}</p>", (_A, _C)),
        (f"<p>{_A}<p>{_B}<p>{_C}", (_A, _B, _C)),
    ],
)
def test_each_paragraph_is_one(html: str, lines: tuple[str, ...]) -> None:
    for name, found in _readings(html):
        assert body(found) == lines, name


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("при<b>мер</b> закона, принятого палатой", "пример закона, принятого палатой"),
        ("<span>С</span>енат мақұлдаған заң жобасы", "Сенат мақұлдаған заң жобасы"),
        ("The <em>Sen</em>ate,<br>as it was said", "The Senate, as it was said"),
        ("Закон<!-- x --> о бюд&shy;жете,\n  принятый", "Закон о бюджете, принятый"),
        ("Закон <a href='/t/b/'>о бюджете</a>, принятый", "Закон о бюджете, принятый"),
    ],
)
def test_tags_and_breaks_inside_a_sentence_part_nothing(html: str, line: str) -> None:
    for name, found in _readings(f"<p>{_A}</p><p>{html} в марте.</p><p>{_C}</p>"):
        assert body(found) == (_A, f"{line} в марте.", _C), name


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><td>Область</td><td>Голоса</td></tr><tr><td>Абай</td><td>12</td></tr>",
         ("Область Голоса", "Абай 12")),
        ("<thead><tr><th>Облыс</th><th>Дауыс</th></tr></thead><tr><td>Абай</td><td>5</td></tr>",
         ("Облыс Дауыс", "Абай 5")),
        ("<caption>Votes</caption><tr><td>Region</td><td>One</td></tr>", ("Votes", "Region One")),
    ],
)  # fmt: skip
def test_rows_of_a_table_are_lines(table: str, rows: tuple[str, ...]) -> None:
    for name, found in _readings(f"<p>{_A}</p><table>{table}</table><p>{_C}</p>"):
        assert body(found) == (_A, *rows, _C), name
    for name, found in _readings(f"<p>{_A}</p><p>{_C}</p><table>{table}</table>"):
        assert body(found) == (_A, _C, *rows), name


def test_line_breaks_of_preformatted_text_end_lines() -> None:
    for name, found in _readings(f"<p>{_A}</p><pre>Степь моя,\nкрай родной.\n</pre><p>{_C}</p>"):
        assert body(found) == (_A, "Степь моя,", "край родной.", _C), name


@pytest.mark.parametrize("line", [_A, _B, _C])
@pytest.mark.parametrize(
    "again",
    ["<p>{}</p>", "<p><b>{}</b></p>", "<div><strong>{}</strong></div>", "<h2>{}</h2>"],
)
def test_a_lead_that_the_body_repeats_stands_once(line: str, again: str) -> None:
    rest = "<p>Второе чтение пройдёт в апреле, сказал председатель палаты.</p>"
    lead = f"{TIME}<div class='article__lead'>{line}</div>"
    found = reading(article(lead, body=f"{again.format(line)}{rest}"))
    assert (found.lead, body(found)[:1]) == (line, (line,))
    assert found.body.count(line) == 1


@pytest.mark.parametrize("line", [_A, _B, _C])
def test_a_lead_that_stands_further_on_or_begins_a_paragraph_stands_once(line: str) -> None:
    lead = f"{TIME}<div class='article__lead'>{line}</div>"
    found = reading(article(lead, body=f"<p>Астана.</p><p>{line}</p><p>Второе чтение в мае.</p>"))
    assert body(found) == (line, "Астана.", "Второе чтение в мае.")
    found = reading(article(lead, body=f"<p>{line} Второе чтение в мае.</p><p>Да.</p>"))
    assert body(found) == (f"{line} Второе чтение в мае.", "Да.")
    assert found.lead == line


@pytest.mark.parametrize("line", [_A, _B, _C])
@pytest.mark.parametrize("cut", [-1, -12])
def test_a_lead_that_begins_the_text_stands_once_on_any_page(line: str, cut: int) -> None:
    rest = "<p>Второе чтение пройдёт в апреле, сказал председатель палаты.</p>"
    given = line[:-1] if cut == -1 else f"{line[:cut]}…"
    for name in ("article__lead", "x__lead"):
        html = article(f"{TIME}<p class='{name}'>{given}</p>", body=f"<p>{line}</p>{rest}")
        found = reading(html if name[0] == "a" else html.replace("article", "x"))
        first, *others = body(found)
        assert first.removesuffix(".") == line[:-1], name
        assert others == [rest[3:-4]], name


def test_paragraphs_that_only_begin_alike_are_both_kept() -> None:
    lead = f"{TIME}<div class='article__lead'>{_A}</div>"
    longer = f"{_A[:-1]}, а затем и во втором."
    found = reading(article(lead, body=f"<p>{longer}</p><p>{_C}</p>"))
    assert body(found) == (_A, longer, _C)
    for name, each in _readings(f"<p>{_A}</p><p>Да.</p><p>{_C}</p><p>Да.</p><p>{_B}</p>"):
        assert body(each).count("Да.") == 2, name


@pytest.mark.parametrize(
    "text",
    [
        "Он сказал: «Это – “наше” дело», — и ушёл…",
        "Ол: «Бұл – “біздің” іс», – деді.",
        "He said: “It’s a 'must' – or so”…",
    ],
)
def test_quotes_and_dashes_stay_as_written(text: str) -> None:
    for name, found in _readings(f"<p>{_A}</p><p>{text}</p><p>{_C}</p>"):
        assert body(found)[1] == text, name
