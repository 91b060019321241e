#!/bin/sh
# Every tests/bad/NAME.net is refused with exactly the messages of NAME.err, whose last line is the
# exit status.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

cd "$srcdir/tests/bad" || exit 1
for net in *.net; do
    status=0
    "$GRADTEX" show "$net" >"$work/out" 2>"$work/err" || status=$?
    echo "exit $status" >>"$work/err"
    cmp -s "${net%.net}.err" "$work/err" || {
        fail "$net"
        diff "${net%.net}.err" "$work/err" | head -n 10
    }
    test ! -s "$work/out" || fail "$net: something was printed"
    for language in de es fr; do
        "$GRADTEX" show --language=$language "$net" 2>"$work/translated" && fail "$net: $language"
        sed -n 's/^[^ ]*: error: //p' "$work/err" >"$work/sentences"
        while IFS= read -r sentence; do
            grep -qFe "$sentence" "$work/translated" && fail "$net: '$sentence' in $language"
        done <"$work/sentences"
    done
done
finish
