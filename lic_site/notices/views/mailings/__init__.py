"""``/staff/messages/mailings/``: write to many people."""
