"""A family's assistance case, from the first report to the end of monitoring (uwrspz art. 11–17)."""
