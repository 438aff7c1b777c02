"""Markdown with its notes, every character at its place in the file."""
