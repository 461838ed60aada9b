"""Django plumbing with no domain in it: base model, constraints, jobs, components, error pages, plain helpers for pages."""
