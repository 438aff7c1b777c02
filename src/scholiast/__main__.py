"""``python -m scholiast`` is ``scholiast``."""

import sys

from scholiast.cli.main import main

sys.exit(main())
