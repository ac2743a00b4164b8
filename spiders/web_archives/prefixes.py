"""Under which addresses archives are asked for a source's articles: hosts, and beginnings of paths.

An archive's lists are ordered by addresses without scheme, `www.` and letter case, so one question
covers every spelling of a host.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from pipeline.model.source import Source

_MOST_PREFIXES = 30
"""A form with more beginnings than these is asked for as a whole host."""
_PLAIN = re.compile(r"[A-Za-z0-9_/~-]|\\[./_~-]")
"""A character of a pattern that stands for itself."""
_QUANTIFIERS = frozenset("?*+{")


def article_prefixes(source: Source) -> tuple[str, ...]:
    """Host and beginning of the path of all forms of a source's articles, none within another."""
    return _outermost(
        (form.host or source.host) + prefix
        for form in source.articles
        for prefix in path_prefixes(form.path)
    )


def article_hosts(source: Source) -> tuple[str, ...]:
    """The hosts of a source's articles, each as the beginning of all its addresses."""
    return tuple(dict.fromkeys(f"{form.host or source.host}/" for form in source.articles))


def prefixes_of(urls: Iterable[str]) -> tuple[str, ...]:
    """Host and path of single articles, without a final slash: archives have them with and
    without.
    """
    parts = [urlsplit(url) for url in urls]
    return _outermost(f"{one.netloc}{one.path.rstrip('/')}" for one in parts)


def path_prefixes(pattern: str) -> tuple[str, ...]:
    """What the paths that a pattern matches begin with, as far as the pattern spells it out.

    >>> path_prefixes(r"/(?:(?:kk|en)/)?n/[^/]+/?")
    ('/kk/n/', '/en/n/', '/n/')
    >>> path_prefixes(r"/news/(?!page)[^/]+")
    ('/news/',)
    """
    try:
        found = [text for text, _ in _alternatives(_Reader(pattern))]
    except _Unclear:
        return ("/",)
    spelled = [text if text.startswith("/") else "/" for text in found]
    return _outermost(spelled) if len(spelled) <= _MOST_PREFIXES else ("/",)


class _Unclear(Exception):
    """The pattern has what this does not read."""


class _Reader:
    """A pattern, and how far it is read."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def peek(self) -> str:
        return self.pattern[self.at : self.at + 1]

    def take(self, text: str) -> bool:
        """Whether this stands next; it is then read."""
        if not self.pattern.startswith(text, self.at):
            return False
        self.at += len(text)
        return True

    def take_plain(self) -> str:
        """The next character that stands for itself, once; empty where none does."""
        found = _PLAIN.match(self.pattern, self.at)
        if found is None or self.pattern[found.end() : found.end() + 1] in _QUANTIFIERS:
            return ""
        self.at = found.end()
        return found[0][-1]

    def skip_group(self) -> None:
        """Pass over the rest of a group that is open. Raises _Unclear."""
        depth, in_set = 1, False
        while depth:
            one = self.peek()
            self.at += 2 if one == "\\" else 1
            if not one:
                raise _Unclear
            if in_set:
                in_set = one != "]"
            elif one == "[":
                in_set = True
                self.take("^")
                self.take("]")
            else:
                depth += (one == "(") - (one == ")")


_Text = tuple[str, bool]
"""What is spelled out, and whether the pattern goes on from there."""


def _alternatives(reader: _Reader) -> list[_Text]:
    """The beginnings by all alternatives up to the end of the pattern, or of the open group."""
    texts: list[_Text] = []
    while True:
        texts += _sequence(reader)
        if not reader.take("|"):
            return texts


def _sequence(reader: _Reader) -> list[_Text]:
    texts: list[_Text] = [("", True)]
    while reader.peek() not in ("", "|", ")"):
        if plain := reader.take_plain():
            texts = _joined(texts, [(plain, True)])
        elif reader.take("(?!") or reader.take("(?="):
            reader.skip_group()
        elif _begins_group(reader):
            texts = _joined(texts, _group(reader))
        else:
            texts = [(text, False) for text, _ in texts]
            _skip_one(reader)
        if len(texts) > _MOST_PREFIXES * _MOST_PREFIXES:
            raise _Unclear
    return texts


def _begins_group(reader: _Reader) -> bool:
    named = re.compile(r"\((?:\?:|\?P<\w+>)?(?!\?)").match(reader.pattern, reader.at)
    if named is None:
        return False
    reader.at = named.end()
    return True


def _group(reader: _Reader) -> list[_Text]:
    """The beginnings of a group whose inside is next, with what its quantifier makes of them."""
    texts = _alternatives(reader)
    if not reader.take(")"):
        raise _Unclear
    if reader.take("?"):
        reader.take("?")
        return [*texts, ("", True)]
    if reader.peek() in _QUANTIFIERS:
        _skip_quantifier(reader)
        return [("", False)]
    return texts


def _skip_one(reader: _Reader) -> None:
    """Pass over one thing that is not spelled out, with its quantifier. Raises _Unclear."""
    if reader.take("["):
        reader.take("^")
        reader.take("]")
        while not reader.take("]"):
            if not reader.peek():
                raise _Unclear
            reader.at += 2 if reader.peek() == "\\" else 1
    elif reader.peek() in ("(", "^", "$"):
        raise _Unclear
    else:
        reader.at += 2 if reader.peek() == "\\" else 1
    _skip_quantifier(reader)


def _skip_quantifier(reader: _Reader) -> None:
    found = re.compile(r"(?:[?*+]|\{[0-9,]*\})[?+]?").match(reader.pattern, reader.at)
    reader.at = found.end() if found else reader.at


def _joined(texts: list[_Text], more: list[_Text]) -> list[_Text]:
    return [
        (text + other, goes_on) if is_open else (text, False)
        for text, is_open in texts
        for other, goes_on in (more if is_open else more[:1])
    ]


def _outermost(prefixes: Iterable[str]) -> tuple[str, ...]:
    """Those that no other begins."""
    known = tuple(dict.fromkeys(prefixes))
    return tuple(
        one for one in known if not any(other != one and one.startswith(other) for other in known)
    )
