"""Institutions, posts and contracts, users, role grants, substitutions, absences, sign-in. Builds the Actor."""
