"""Structured papers of family assistance: one module a version."""
