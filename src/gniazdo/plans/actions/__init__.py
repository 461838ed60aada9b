"""Verbs of plans: drafting, approval, progress."""
