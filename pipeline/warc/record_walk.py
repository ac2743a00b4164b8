"""The records of an open WARC file, from one to the next, whatever is damaged between them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.warc.members import (
    Compression,
    Content,
    DamagedMember,
    Member,
    Packed,
    next_record,
)
from pipeline.warc.raw_records import DamagedRecord, RawRecord, raw_records


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A record with its place in the file."""

    offset: int
    """Where it, or the member that holds it, begins in the file, in bytes."""
    within: int
    """Where in the member's content it begins; 0 in an uncompressed file."""
    record: RawRecord | DamagedRecord

    @property
    def place(self) -> str:
        """Where it is, for a person."""
        if not self.within:
            return f"at byte {self.offset}"
        return f"at byte {self.within} of what is packed at byte {self.offset}"


def walk(file: Content, compression: Compression | None, start: int = 0) -> Iterator[FoundRecord]:
    """The records from an offset on, at which one, or a member, begins."""
    if compression is not None:
        yield from _compressed(file, compression, start)
        return
    file.seek(start)
    for record in raw_records(file, start):
        yield FoundRecord(offset=record.position, within=0, record=record)


def _compressed(file: Content, compression: Compression, start: int) -> Iterator[FoundRecord]:
    """Where a member is damaged, the next one that begins with a record is looked for."""
    packed = Packed(file, start)
    while packed.skip_zeros():
        offset = packed.position
        try:
            yield from _in_member(Member(packed, compression))
        except DamagedMember as damaged:
            following = next_record(file, offset + 1, compression)
            is_torn = damaged.torn and following is None
            record = DamagedRecord(
                position=0, reason="torn" if is_torn else "damaged", detail=str(damaged)
            )
            yield FoundRecord(offset=offset, within=0, record=record)
            if following is None:
                return
            packed.seek(following)


def _in_member(member: Member) -> Iterator[FoundRecord]:
    for record in raw_records(member):
        found = record
        if isinstance(record, DamagedRecord) and record.reason == "torn":
            found = replace(record, reason="length")  # the member that holds it is whole
        yield FoundRecord(offset=member.offset, within=record.position, record=found)
