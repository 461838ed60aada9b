"""Forms of the room's screens: sign-in and account, institution, people at work."""
