"""Screens that join rooms: My Day, family page, boards, global search, navigation."""
