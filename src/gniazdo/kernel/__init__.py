"""Pure Python under everything: clock, periods, working days, legal values, word lists, processes, catalogue. No Django."""
