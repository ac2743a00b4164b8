"""The items that the tests of formats write."""

from tests.pipeline.export.conftest import db

__all__ = ["db"]
