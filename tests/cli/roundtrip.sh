#!/bin/sh
# What derive prints, verify reads and finds proved, step by step. ROUNDTRIP=all tries every network of
# examples/ in every notation, detail and form; otherwise some. Formats are tex, txt and the flavours of Markdown.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
forms='--detail=explicit --detail=normal --detail=brief
    --result --result=sum --result=factored --result=paths --result=index --result=backprop'
notations='--notation=post --notation=nielsen --notation=ng --notation=bishop --notation=mazur --notation=ufldl'
flavours='katex mathjax kramdown quarto github'
tried=0

# symbols NETWORK OPTION...: a symbol from the beginning and one from the end of what can be varied.
symbols() {
    "$GRADTEX" show --names "$@" 2>"$work/err" | awk '!/^t/ { if (!first) first = $0; last = $0 } END { print first, last }'
}

# round FORMAT NETWORK NOTATION OPTION...: what derive refuses is not there to be read.
round() {
    format=$1 network=$2 notation=$3
    shift 3
    case $format in
    tex | txt) suffix=$format flavour= ;;
    *) suffix=md flavour=--flavour=$format ;;
    esac
    # shellcheck disable=SC2086
    "$GRADTEX" derive $notation $flavour -o "$work/made.$suffix" "$@" 2>"$work/err" || return 0
    tried=$((tried + 1))
    # shellcheck disable=SC2086
    timeout 60 "$GRADTEX" verify $notation --network="$network" "$work/made.$suffix" >"$work/out" 2>&1 || {
        fail "$format of derive $notation $*"
        head -n 4 "$work/out"
    }
    rm -f "$work/made.$suffix"
}

# try NETWORK NOTATION FORMS FORMAT...: the general equations and the forms.
try() {
    network=$1 notation=$2 wanted=$3
    shift 3
    # shellcheck disable=SC2086
    names=$(symbols "$network" $notation)
    for made; do
        round "$made" "$network" "$notation" "$network"
        # shellcheck disable=SC2086
        for form in $wanted; do round "$made" "$network" "$notation" "$form" "$network" $names; done
    done
}

printf 'inputs x 2\nlayer h 30\nlayer y 2\nerror half-squares\n' >"$work/wide.net"
some='--detail=explicit --result=paths'
for network in "$srcdir"/examples/*.net "$work/wide.net"; do
    if [ "${ROUNDTRIP-}" = all ]; then
        # shellcheck disable=SC2086
        for notation in '' $notations; do try "$network" "$notation" "$forms" tex txt $flavours; done
    else
        try "$network" '' "$some" tex txt
    fi
done
if [ "${ROUNDTRIP-}" != all ]; then
    # shellcheck disable=SC2086
    try "$srcdir/examples/2-2-2-2.net" '' "$forms" tex txt $flavours
    for network in softmax attention recurrent; do
        # shellcheck disable=SC2086
        try "$srcdir/examples/$network.net" '' --detail=normal $flavours
    done
    for notation in $notations; do try "$srcdir/examples/2-2-2.net" "$notation" "$some" tex txt; done
    try "$srcdir/examples/ratio.net" '' --detail=explicit katex
fi
# What stands in a second column or in a line that continues is judged as well.
net=$srcdir/examples/2-2-2.net
printf '    \316\264_1 = y_1 - t_1    \316\264_2 = y_1 - t_2\n' >"$work/made.txt"
expect 1 "$GRADTEX" verify --network="$net" "$work/made.txt"
prints ':1:30: error: false'
printf '    y_1 = h_1 w_11^2\n        + h_1 w_21^2    (1)\n' >"$work/made.txt"
expect 1 "$GRADTEX" verify --network="$net" "$work/made.txt"
printf '$$\\begin{aligned} y_1 &= h_1w_{11}^2+h_2w_{21}^2 & y_2 &= h_1w_{11}^2 &&\\quad(2) \\end{aligned}$$\n' >"$work/made.md"
expect 1 "$GRADTEX" verify --network="$net" "$work/made.md"
prints '1 false'
echo "roundtrip: $tried documents"
test "$tried" -gt 0 || fail 'nothing was derived'
finish
