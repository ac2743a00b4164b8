"""Groups of HTTP statuses, by their meaning for an article."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSALS = frozenset({401, 403, 429})
GONE = frozenset({404, 410})
MAY_CHALLENGE = REFUSALS | {503}
"""The statuses of a bot check, unless it comes with 200."""
