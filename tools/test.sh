#!/bin/sh
# Sets Scholiast up with all it is tested with, and runs every check: the last line says how it went.
what=".[dev]"
. "$(dirname "$0")/setup.sh"
for program in soffice pdftoppm; do
    command -v $program >/dev/null 2>&1 || missing=yes
done
for font in dejavu/DejaVuSerifCondensed.ttf dejavu/DejaVuSerifCondensed-Italic.ttf wqy/wqy-microhei.ttc; do
    [ -f /usr/share/fonts/truetype/$font ] || missing=yes
done
if [ "${missing:-}" = yes ]; then
    echo "installing LibreOffice, poppler and fonts, which the tests of Word files and PDFs need"
    apt_install libreoffice-writer-nogui poppler-utils fonts-dejavu-core fonts-dejavu-extra fonts-wqy-microhei ||
        fail "LibreOffice or fonts are missing; install libreoffice-writer-nogui, poppler-utils, fonts-dejavu-core, fonts-dejavu-extra and fonts-wqy-microhei and run this again"
fi
languages=$(tesseract --list-langs 2>/dev/null || true)
for language in eng rus chi_sim chi_tra; do
    case "$languages" in
        *$language*) ;;
        *) unread=yes ;;
    esac
done
if [ "${unread:-}" = yes ]; then
    echo "installing tesseract, which recognises the scans of the tests"
    apt_install tesseract-ocr tesseract-ocr-eng tesseract-ocr-rus tesseract-ocr-chi-sim tesseract-ocr-chi-tra ||
        fail "tesseract is missing; install tesseract-ocr, tesseract-ocr-eng, tesseract-ocr-rus, tesseract-ocr-chi-sim and tesseract-ocr-chi-tra and run this again"
fi
export PATH="$PWD/.venv/bin:$PATH"
ruff check .
ruff format --check -q .
mypy
lint-imports
pytest -p no:cacheprovider
