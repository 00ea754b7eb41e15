"""The evidence page: the tables of one folder as one self-contained HTML file, for reading rather than querying.

Needs a folder of tables (`source`); gives one file that asks no host for anything. `placing` finds each figure in the
sentence as read, `layout` tells headings from paragraphs, `payload` packs the tables, `page` puts the file together.
"""

from extract.report.page import Report, build_report, write_report
from extract.report.source import ReportError

__all__ = ["Report", "ReportError", "build_report", "write_report"]
