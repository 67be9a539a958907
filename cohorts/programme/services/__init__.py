"""The verbs of the programme. Nothing else writes its tables."""
