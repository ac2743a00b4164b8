"""Numbers of things, for people."""


def counted(count: int, thing: str) -> str:
    """`1 file`, `2,000 files`."""
    return f"{count:,} {thing}{'s' * (count != 1)}"
