"""Screens of persons and families."""
