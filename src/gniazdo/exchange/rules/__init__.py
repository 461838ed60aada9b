"""Pure parts of the import: reading a table, cleaning values, guessing columns, gathering rows into families."""
