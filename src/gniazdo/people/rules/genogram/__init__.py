"""Genogram after McGoldrick's conventions: persons and ties in, symbols and lines with coordinates out. Pure geometry."""

from gniazdo.people.rules.genogram.layout import draw
from gniazdo.people.rules.genogram.shapes import Couple, Descent, Drawing, Human, Line, Symbol

__all__ = ["Couple", "Descent", "Drawing", "Human", "Line", "Symbol", "draw"]
