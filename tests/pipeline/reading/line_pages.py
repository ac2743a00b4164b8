"""Pages of both sites with one line more in their text."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model.reading import Reading
from tests.pipeline.reading.page_fields import ARTICLE, RELEASE, TIME, article, reading, release

TEXT = (
    "Депутаты обсудили закон о бюджете и приняли его в первом чтении.",
    "Комитеты сообщили палате о своих поправках к этому закону.",
    "Второе чтение пройдёт в марте, сказал председатель палаты.",
)


def readings_with(line: str, *, tag: str = "p") -> Iterator[tuple[str, Reading]]:
    """The readings of pages with a line amid the text and at its end: each site's, by class, by the
    order of the text, and with no class that is known.
    """
    first, *rest = (f"<p>{one}</p>" for one in TEXT)
    for own in (
        f"{first}<{tag}>{line}</{tag}>{''.join(rest)}",
        f"{first}{''.join(rest)}<{tag}>{line}</{tag}>",
    ):
        yield "class", reading(article(TIME, body=own))
        content = f"<h1>Заголовок релиза</h1><div>16.05.2022 348</div><div>{own}</div>"
        yield "order", reading(release(content), RELEASE)
        plain = article(TIME, body=own).replace("class='article", "class='x")
        yield "none", reading(plain.replace('class="article', 'class="x'), ARTICLE)
