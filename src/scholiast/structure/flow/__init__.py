"""A text as a flow of blocks: what the readers of word processors, the web and others share."""
