#!/bin/sh
# Sourced by the tests of the command line. $work is an empty folder that goes away at the end.
: "${srcdir:=$(cd "$(dirname "$0")/../.." && pwd)}"
: "${GRADTEX:=gradtex}"
work=$(mktemp -d) || exit 1
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}

# expect STATUS COMMAND...: runs; what it prints is in $work/out and $work/err.
expect() {
    wanted=$1
    shift
    status=0
    "$@" >"$work/out" 2>"$work/err" || status=$?
    if [ "$status" -ne "$wanted" ]; then
        fail "status $status, not $wanted: $*"
        head -n 5 "$work/err"
    fi
}

# says TEXT: the diagnostics of the last command hold it.
says() {
    grep -qF -- "$1" "$work/err" || {
        fail "the message does not say: $1"
        head -n 5 "$work/err"
    }
}

# prints TEXT: the output of the last command holds it.
prints() {
    grep -qF -- "$1" "$work/out" || fail "the output does not hold: $1"
}

# is_silent: no diagnostics.
is_silent() {
    test ! -s "$work/err" || {
        fail "there are messages"
        head -n 5 "$work/err"
    }
}

# skip REASON: the test says why it tests nothing.
skip() {
    echo "skipped: $*"
    exit 77
}

# needs COMMAND: skips the test where there is none, or where $WITHOUT says that it is to be done without.
needs() {
    case " ${WITHOUT-} " in
    *" $1 "*) skip "$1 is left out" ;;
    esac
    command -v "$1" >/dev/null 2>&1 || skip "$1 is not here"
}

finish() {
    exit $failed
}
