"""SHA-256 digests of texts and files, in hexadecimal, and the id of an imported text."""

import hashlib
import unicodedata
from pathlib import Path


def content_sha256(title: str | None, body: str) -> str:
    """The digest of an item's content: title and body, both normalised."""
    return hashlib.sha256(f"{title or ''}\n\n{body}".encode()).hexdigest()


def body_sha256(body: str) -> str:
    """The digest of a body alone."""
    return hashlib.sha256(body.encode()).hexdigest()


def words_sha256(found: list[str]) -> str:
    """The digest of a text's words: equal texts have the same."""
    return hashlib.sha256(" ".join(found).encode()).hexdigest()


def file_sha256(path: Path) -> str:
    """The digest of a file's content. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def imported_text_id(body: str) -> str:
    """The id of a text without address. This rule never changes, since ids are exported."""
    folded = " ".join(unicodedata.normalize("NFC", body).split())
    return f"text:{hashlib.sha256(folded.encode()).hexdigest()[:16]}"
