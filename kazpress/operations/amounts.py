"""Numbers of files and bytes, for people."""


def files(count: int) -> str:
    """`1 file`, `2 files`."""
    return f"{count} file{'s' * (count != 1)}"


def megabytes(size: int) -> str:
    """`1.2 MB`."""
    return f"{size / 1_000_000:,.1f} MB"
