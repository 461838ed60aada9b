"""Who may do and see what, and the journal of who did and who read. Knows no domain model."""
