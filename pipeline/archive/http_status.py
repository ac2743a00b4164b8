"""Groups of HTTP statuses, and the headers of challenges, by their meaning for us."""

from pipeline.archive.exchange import Headers, header

REDIRECTS = frozenset({301, 302, 303, 307, 308})
REFUSALS = frozenset({401, 403, 429})
GONE = frozenset({404, 410})
MAY_CHALLENGE = REFUSALS | {503}
"""The statuses of a bot check, unless it comes with 200."""
_WAF_STATUSES = frozenset({202, 405})
"""AWS WAF: 202 with a script to run, 405 with a captcha."""


def announces_challenge(status: int, headers: Headers) -> bool:
    """Whether the headers of an answer say that it is a bot check, whatever its body is: AWS WAF
    sends `x-amzn-waf-action`, Cloudflare `cf-mitigated: challenge`.
    """
    if status in _WAF_STATUSES and header(headers, "x-amzn-waf-action") is not None:
        return True
    return (header(headers, "cf-mitigated") or "").strip().lower() == "challenge"
