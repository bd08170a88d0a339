"""Drives real browsers through scenarios, in a child process, and hands back what they did."""
