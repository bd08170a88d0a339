"""The run folder: written line by line while a run goes on, read back as one value."""
