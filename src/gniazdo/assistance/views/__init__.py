"""Screens of the family assistance corridor."""
