"""The name under which we go on the network."""

from importlib.metadata import version

VERSION = version("kazpress")


def user_agent(contact: str | None) -> str:
    """Who we say we are: `kazpress/0.1.0 (+mailto:you@example.org)`."""
    return f"kazpress/{VERSION} (+{contact})" if contact else f"kazpress/{VERSION}"
