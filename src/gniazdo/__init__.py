"""Gniazdo: case work for those who keep children safe in families. Rooms are listed in README, bottom to top."""
