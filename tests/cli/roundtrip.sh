#!/bin/sh
# What derive prints, verify reads and finds proved, step by step. ROUNDTRIP=all tries every network of
# examples/ in every notation, detail and form; otherwise some.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
forms='--detail=explicit --detail=normal --detail=brief
    --result --result=sum --result=factored --result=paths --result=index --result=backprop'
notations='--notation=post --notation=nielsen --notation=ng --notation=bishop --notation=mazur --notation=ufldl'
tried=0

# symbols NETWORK OPTION...: a symbol from the beginning and one from the end of what can be varied.
symbols() {
    "$GRADTEX" show --names "$@" 2>"$work/err" | awk '!/^t/ { if (!first) first = $0; last = $0 } END { print first, last }'
}

# round SUFFIX NETWORK NOTATION OPTION...: what derive refuses is not there to be read.
round() {
    suffix=$1 network=$2 notation=$3
    shift 3
    # shellcheck disable=SC2086
    "$GRADTEX" derive $notation -o "$work/made.$suffix" "$@" 2>"$work/err" || return 0
    tried=$((tried + 1))
    # shellcheck disable=SC2086
    timeout 60 "$GRADTEX" verify $notation --network="$network" "$work/made.$suffix" >"$work/out" 2>&1 || {
        fail "$suffix of derive $notation $*"
        head -n 4 "$work/out"
    }
    rm -f "$work/made.$suffix"
}

# try NETWORK NOTATION FORMS SUFFIX...: the general equations and the forms.
try() {
    network=$1 notation=$2 wanted=$3
    shift 3
    # shellcheck disable=SC2086
    names=$(symbols "$network" $notation)
    for suffix; do
        round "$suffix" "$network" "$notation" "$network"
        # shellcheck disable=SC2086
        for form in $wanted; do round "$suffix" "$network" "$notation" "$form" "$network" $names; done
    done
}

printf 'inputs x 2\nlayer h 30\nlayer y 2\nerror half-squares\n' >"$work/wide.net"
some='--detail=explicit --result=paths'
for network in "$srcdir"/examples/*.net "$work/wide.net"; do
    if [ "${ROUNDTRIP-}" = all ]; then
        for notation in '' $notations; do try "$network" "$notation" "$forms" tex txt md; done
    else
        try "$network" '' "$some" tex txt
    fi
done
if [ "${ROUNDTRIP-}" != all ]; then
    try "$srcdir/examples/2-2-2-2.net" '' "$forms" tex txt md
    for notation in $notations; do try "$srcdir/examples/2-2-2.net" "$notation" "$some" tex txt; done
fi
echo "roundtrip: $tried documents"
test "$tried" -gt 0 || fail 'nothing was derived'
finish
