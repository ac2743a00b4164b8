"""`python -m kazpress`."""

import sys

from kazpress.cli import main

sys.exit(main())
