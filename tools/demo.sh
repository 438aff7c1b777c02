#!/bin/sh
# Sets Scholiast up and checks the specimen roundtable.
what=.
. "$(dirname "$0")/setup.sh"
echo "scholiast check examples/roundtable/roundtable.md"
.venv/bin/scholiast check examples/roundtable/roundtable.md && code=0 || code=$?
# Findings are what the specimen is for: only a failure of the tool itself is one here.
[ "$code" -le 1 ]
