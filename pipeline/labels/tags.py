"""Tags in a line: hashtags, or tags behind their label."""

import re

_TAGS_LABEL = re.compile(
    r"\W*(?:теги|тэги|тег|тегтер|тэгтер|х[еэ]штег\w*|метки|ключевые слова|кілт сөздер|tags?|"
    r"keywords|hashtags?)\s*[:：]\s*",
    re.IGNORECASE,
)
_MAX_TAG_WORDS = 4
_MAX_TAGS_LABEL = 20


def labelled_tags(text: str) -> tuple[str, ...]:
    """The tags in a line that is hashtags, or tags behind their label; none of other lines.

    >>> labelled_tags("#степь #Сенат РК"), labelled_tags("Теги: степь, Сенат")
    (('степь', 'Сенат РК'), ('степь', 'Сенат'))
    """
    if text.startswith("#"):
        longest = 1 if text.count("#") == 1 else _MAX_TAG_WORDS - 1
        parts = text.split("#")[1:]
    elif label := _TAGS_LABEL.match(text) if ":" in text[:_MAX_TAGS_LABEL] else None:
        longest = _MAX_TAG_WORDS
        parts = [part for part in re.split(r"[,;#|]", text[label.end() :]) if part.strip()]
    else:
        return ()
    tags = tuple(tag.strip(" ,;#|") for tag in parts)
    is_tags = all(1 <= len(tag.split()) <= longest for tag in tags) and text[-1] not in ".!?…"
    return tags if is_tags else ()
