"""Recurring crawls: what crawls.toml says, when each entry is due, and the process that starts them."""
