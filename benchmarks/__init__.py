"""Speed as ratios: makes a large county, asks real pages as a restricted user, compares with a bare Django page of the same run."""
