"""What failed is asked again later each time."""

from datetime import timedelta

from pipeline.frontier.retries import rest_wait, retry_wait


def test_an_address_waits_longer_after_each_failure() -> None:
    hours = [0, 1, 6, 24, 168, 168]
    assert [retry_wait(n) for n in range(1, 7)] == [timedelta(hours=h) for h in hours]
    assert retry_wait(1000) == timedelta(days=7)


def test_a_source_that_refuses_us_is_left_alone_longer_each_time() -> None:
    hours = [1, 6, 24, 168, 168]
    assert [rest_wait(n) for n in range(1, 6)] == [timedelta(hours=h) for h in hours]
