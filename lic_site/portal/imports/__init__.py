"""Bringing spreadsheets in: the verbs, the long work and the pages."""
