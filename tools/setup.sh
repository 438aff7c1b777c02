# Makes the virtual environment .venv of this checkout and installs Scholiast into it.
# Sourced by demo.sh and test.sh, which say in $what what pip is to install ("." or ".[dev]").
# Works with a Python that Debian manages as with any other; says in one line what is missing.

set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "scholiast: $1" >&2
    exit 2
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null 2>&1; then sudo "$@"; else return 1; fi
}

apt_install() {
    command -v apt-get >/dev/null 2>&1 || return 1
    as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null 2>&1 || true
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

find_python() {
    for name in python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
}

make_environment() {
    [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1 && return
    rm -rf .venv
    python=$(find_python)
    [ -n "$python" ] || fail "Python 3.11 or newer is missing; install it (apt-get install python3) and run this again"
    if ! "$python" -m venv .venv >/dev/null 2>&1; then
        rm -rf .venv
        # Debian's Python comes without the module that fills a virtual environment.
        apt_install python3-venv && "$python" -m venv .venv >/dev/null 2>&1 ||
            { rm -rf .venv; "$python" -m pip install -q --user --break-system-packages virtualenv >/dev/null 2>&1 &&
                "$python" -m virtualenv -q .venv; } ||
            fail "a virtual environment cannot be made; install python3-venv (apt-get install python3-venv) and run this again"
    fi
}

make_environment
.venv/bin/python -m pip install -q --disable-pip-version-check --root-user-action=ignore -c constraints.txt "$what" ||
    fail "pip could not install the packages of constraints.txt; its message stands above"
