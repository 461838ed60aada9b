"""Letters of the family assistance corridor."""
