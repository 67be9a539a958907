"""What this app holds about people."""
