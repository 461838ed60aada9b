"""Screens of the room: one's own account, the institution, people at work, absences, settings."""
