"""A person's own pages, and the staff pages about people."""
