"""`python -m rumtest` is `rumtest`."""

import sys

from rumtest.cli import main

sys.exit(main())
