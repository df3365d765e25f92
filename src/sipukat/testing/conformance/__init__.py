"""Suites that hold a plugin to what the library's own parts keep: two lines for its author."""

from sipukat.testing.conformance.of_checks import ChecksConformance
from sipukat.testing.conformance.of_exporters import ExporterConformance
from sipukat.testing.conformance.of_readers import ReaderConformance
from sipukat.testing.conformance.of_standards import StandardConformance

__all__ = ["ChecksConformance", "ExporterConformance", "ReaderConformance", "StandardConformance"]
