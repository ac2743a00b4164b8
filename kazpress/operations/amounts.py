"""Numbers of bytes, for people."""


def megabytes(size: int) -> str:
    """`1.2 MB`."""
    return f"{size / 1_000_000:,.1f} MB"
