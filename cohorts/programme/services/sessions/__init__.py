"""A cohort's sessions: planned, moved, cancelled; who leads them; coaching that people book."""
