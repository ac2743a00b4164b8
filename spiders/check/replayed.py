"""Checks over WARC files instead of the network."""

import asyncio
from collections.abc import Sequence

from pipeline.archive.exchange import Exchange
from pipeline.archive.replay_index import Replay
from spiders.check.asker import NOT_HELD, Unanswered
from spiders.check.look import Check, look_at


def replay_checks(checks: Sequence[Check], replay: Replay) -> None:
    """Run checks over WARC files: of each address its newest good answer."""

    async def held(public: str) -> Exchange | Unanswered:
        exchanges = list(replay.exchanges(public))
        good = (one for one in reversed(exchanges) if one.status == 200)
        return next(good, exchanges[-1]) if exchanges else NOT_HELD

    for check in checks:
        check.looked = asyncio.run(look_at(check.look(held, replay)))
