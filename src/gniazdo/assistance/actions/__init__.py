"""Verbs of the family assistance corridor, one module by noun."""
