"""The report: one view of a comparison, and renderers that do not know each other."""
