"""Pages of whoever takes part in a cohort."""
