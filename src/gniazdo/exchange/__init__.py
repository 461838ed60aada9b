"""Import of spreadsheets, export, backup and restore, the demo county's simulator."""
