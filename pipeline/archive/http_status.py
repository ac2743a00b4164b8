"""HTTP statuses by what they mean for an article."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSALS = frozenset({401, 403, 429})
GONE = frozenset({404, 410})
MAY_CHALLENGE = REFUSALS | {503}
"""What a challenge page comes with, if it does not come with 200."""
