"""The composition root: settings, urls, server entry and the command line."""
