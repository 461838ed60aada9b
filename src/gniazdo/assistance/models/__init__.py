"""Tables of the family assistance corridor."""
