"""Reads that join rooms for one screen."""
