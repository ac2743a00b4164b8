"""What a person is told of records that were not taken."""

from pipeline.warc.passed_over import SHOWN, Cause, FileAccount, PassedOver


def one(reason: str, cause: Cause = "damage", target: str | None = None) -> PassedOver:
    sentence = f"a.warc: the record at byte 5 {reason}"
    return PassedOver(cause=cause, reason=reason, sentence=sentence, target=target)


def test_each_is_counted_and_a_few_are_told() -> None:
    account = FileAccount("a.warc", taken=9)
    for _ in range(SHOWN + 3):
        account.add(one("digest"), needs_look=True)
    account.add(one("date"), needs_look=True)
    account.add(one("metadata", "type"), needs_look=False)
    account.add(one("request", "type"), needs_look=False)
    assert account.not_taken == {"date": 1, "digest": SHOWN + 3, "metadata": 1}
    assert len(account.notes) == SHOWN + 1
    assert account.notes[-1] == "a.warc: 4 more were passed over: 3 digest, 1 date"


def test_a_tear_says_how_many_were_taken_before_it() -> None:
    account = FileAccount("a.warc", taken=9)
    account.add(one("torn"), needs_look=True)
    assert account.notes[0].endswith("; the 9 whole ones before it were taken")


def test_a_file_without_a_page_is_told_by_what_it_holds() -> None:
    account = FileAccount("a.warc")
    assert account.nothing == "a.warc: holds no record of a page, nor any other"
    account.add(one("warcinfo", "type"), needs_look=False)
    account.add(one("resource", "type"), needs_look=False)
    account.add(one("resource", "type"), needs_look=False)
    assert account.nothing == "a.warc: holds no record of a page; it holds 2 resource, 1 warcinfo"
    account.add(one("digest"), needs_look=True)
    assert account.nothing == (
        "a.warc: holds no whole record of a page: the record at byte 5 digest"
    )
