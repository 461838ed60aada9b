"""Forms of the screens that are not sheets."""
