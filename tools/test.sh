#!/bin/sh
# Sets Scholiast up with all it is tested with, and runs every check: the last line says how it went.
what=".[dev]"
. "$(dirname "$0")/setup.sh"
for program in soffice pdftoppm; do
    command -v $program >/dev/null 2>&1 || missing=yes
done
if [ "${missing:-}" = yes ]; then
    echo "installing LibreOffice and poppler, which the tests of Word files need"
    apt_install libreoffice-writer-nogui poppler-utils fonts-dejavu-core ||
        fail "LibreOffice is missing; install libreoffice-writer-nogui and poppler-utils and run this again"
fi
export PATH="$PWD/.venv/bin:$PATH"
ruff check .
ruff format --check -q .
mypy
lint-imports
pytest -p no:cacheprovider
