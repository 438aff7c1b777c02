"""What several readers need: headings and sections, note linking, repairs of extracted text."""
