"""A page that neither a layout nor its structured data tell in full: by what articles look like.

The weakest step, so what it finds must fit together: a heading that is the page's own, a date
beside it, running text under it. A site's shell or a list of other pieces has none of these, and
gives nothing.
"""

from datetime import date

from pipeline.normalize.attribution import attribution
from pipeline.normalize.dates import date_and_views
from pipeline.page.fields import Fields
from pipeline.page.heading import (
    head_names,
    names_only_site,
    names_section,
    own_heading,
    without_site_name,
)
from pipeline.page.lead import heading_place
from pipeline.page.lines import lines_text
from pipeline.page.page import Page
from pipeline.page.teasers import Teasers
from pipeline.reading.generic_body import GenericBody
from pipeline.reading.generic_date import date_near

_FEWEST_TITLE_WORDS, _MOST_TITLE_WORDS = 3, 60
_LINKED = 0.5


def read_generic(page: Page, latest: date) -> Fields:
    """Title, date and body by likeness; `latest` is the last day that a date may be."""
    names = head_names(page)
    teasers = Teasers(page)
    element = own_heading(page, names)
    heading = lines_text(element) if element is not None else None
    at = heading_place(page, element)
    if element is None and (at := _over_the_only_date(page, teasers)) is not None:
        heading = page.blocks[at].text
    if heading is not None and names_section(heading, page):
        return Fields()
    body = GenericBody.of(page, teasers, at, heading)
    return Fields(
        title=_title(page, heading, names) if body.paragraphs else None,
        published=date_near(page, teasers, at, body.first, latest),
        paragraphs=body.paragraphs,
        lead=body.lead,
        attribution=attribution(body.paragraphs[:2]),
        image_credit=body.credit,
    )


def _over_the_only_date(page: Page, teasers: Teasers) -> int | None:
    """The place of the line that stands in for a heading on a page without any: the one right over
    the only line that is a date.
    """
    lines = page.blocks
    dates = [at for at, line in enumerate(lines) if date_and_views(line.text)]
    if len(dates) != 1 or dates[0] == 0:
        return None
    line = lines[dates[0] - 1]
    is_title = (
        _FEWEST_TITLE_WORDS <= line.words <= _MOST_TITLE_WORDS
        and line.link_share < _LINKED
        and line.apart is None
        and not teasers.holds(line)
        and not names_only_site(line.text, page.site.source)
    )
    return dates[0] - 1 if is_title else None


def _title(page: Page, heading: str | None, names: list[str]) -> str | None:
    for title in (heading, *names):
        own = without_site_name(title, page, heading) if title else None
        if own:
            return own
    return None
