"""Stage: each quantity with its noun, period and region - everything that says what it measures. Mentions in, figures out.

A figure's noun, period and region are looked for in widening circles: its own clause, the sentence before it, the
paragraph, the headings. What is carried says so: `Figure.carried` names what did not stand in the clause itself.
"""

from extract.figures.figure import Figure
from extract.figures.reader import FigureReader
from extract.figures.when import is_base_period, is_quoted, opens_clause
from extract.figures.where import is_place

__all__ = ["Figure", "FigureReader", "is_base_period", "is_place", "is_quoted", "opens_clause"]
