"""Pages: telling a concern, coming back to it, its readers, the list of readers."""
