"""Computed due dates with their reasons: board, reminders, calendar feed, extensions. Never counted, always rebuilt."""
