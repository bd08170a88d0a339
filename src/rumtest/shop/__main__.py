"""`python -m rumtest.shop`: what `ab` starts anew for every block."""

import sys

from rumtest.shop.command import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
