"""Safe packages: zip archives and the XML inside them, for readers and reports."""
