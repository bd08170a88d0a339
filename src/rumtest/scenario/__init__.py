"""The scenario: its model, the strict loader of its files, and the configuration beside them."""
