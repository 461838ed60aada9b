"""Screens of papers: sheets, lists, letters, files."""
