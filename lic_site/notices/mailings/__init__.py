"""A text to many people as it stands: to whom, in which words, and how far it has got."""
