"""Persons, families, households, kinship, parental authority, addresses, needs, duplicates, genogram, ecomap."""
