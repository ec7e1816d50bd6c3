"""What came in and how well: gathered once, shown on a terminal, as plain text, as JSON, as one HTML file."""
