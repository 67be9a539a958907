"""Pages about messages: the staff's board, a person's own, and the demonstration's mailbox."""
