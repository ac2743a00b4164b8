"""A person's decision on two items, as the archive keeps it."""

import json
import logging
from dataclasses import dataclass
from typing import Literal, get_args

Verb = Literal["join", "part", "forget"]
"""Two items are one story; two items are not; what was decided on the two before is taken back."""

DECISION_URN = "urn:kazpress:decision"
"""The target of a decision's record in the archive."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decided on two items, `a` and `b`, of which `a` sorts first."""

    verb: Verb
    a: str
    """A canonical address, or the id of an imported text; `b` likewise."""
    b: str


def decision_payload(decision: Decision) -> bytes:
    """A decision as JSON, for its record in the archive."""
    return json.dumps({"decision": decision.verb, "items": [decision.a, decision.b]}).encode()


def read_decision(payload: bytes) -> Decision | None:
    """The decision in a record's payload; None, with a warning, where there is none."""
    try:
        said = json.loads(payload)
        verb, (a, b) = said["decision"], sorted(said["items"])
        if verb in get_args(Verb) and isinstance(a, str) and isinstance(b, str) and a != b:
            return Decision(verb=verb, a=a, b=b)
    except (ValueError, KeyError, TypeError):
        pass
    _log.warning("a decision's record says nothing that is known (%.80r); passed over", payload)
    return None
