"""Reads of the family assistance corridor that leave the room or join tables."""
