"""Arabic text: letters, dates."""
