"""Pages for Staff College and the programme lead, under ``/staff/``."""
