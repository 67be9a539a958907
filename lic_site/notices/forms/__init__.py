"""What people fill in about messages, by what it is about."""
