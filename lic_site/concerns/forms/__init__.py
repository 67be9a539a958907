"""What people type: whoever raises a concern, its readers, those who keep the list of readers."""
