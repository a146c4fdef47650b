"""Run the command as ``python -m cxdrivers``."""

import sys

from cxdrivers.cli import main

sys.exit(main())
