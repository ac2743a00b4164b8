"""The items that the tests of feeds write."""

from tests.pipeline.export.conftest import db

__all__ = ["db"]
