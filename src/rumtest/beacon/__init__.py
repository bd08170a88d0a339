"""The contract of both sources: what a beacon is, and how a stranger's bytes become one."""
