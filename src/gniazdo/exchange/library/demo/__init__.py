"""The demo county: invented institutions, workers and families whose history is made through the verbs themselves."""
