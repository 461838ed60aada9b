"""Sheets (structured, versioned forms), drafts, letters, files, signatures, printing."""
