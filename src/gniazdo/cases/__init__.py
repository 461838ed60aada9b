"""The case file: kind, subject, case mark, assignment of workers, caseload, transitions log, timeline, links."""
