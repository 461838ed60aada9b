"""Goals, tasks, effects, progress, versions and approval: the family plan stands on it, later the child plan."""
