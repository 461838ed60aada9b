"""Statutory and management counts, each number opening its records."""
