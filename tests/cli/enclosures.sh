#!/bin/sh
# Numbers beyond the rationals: what is certain, what stays undecided, and what has no value.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

# try STATUS COMMAND SPEC: the spec with \n for line ends.
try() {
    printf '%b' "$3" >"$work/network.net"
    # shellcheck disable=SC2086
    expect "$1" timeout 60 "$GRADTEX" $2 "$work/network.net"
}

for sign in '' -; do
    try 0 crosscheck "parameter u\nerror E = \\\\sigma(u)\nlet u = ${sign}1e300\n"
    prints agree
done
try 0 crosscheck 'inputs x 1\nlayer y 3 softmax\nlet x = 1\nlet w = 1e300 1e300 7\nlet t = 1 0 0\n'
prints '−0.25000'
try 3 crosscheck 'parameter u\nerror E = e^{u}\nlet u = 1e300\n'
prints undecided
try 3 'evaluate --format=json' 'parameter u\nerror E = e^{u}\nlet u = 1e300\n'
prints '"upper": null'
try 3 'crosscheck --max-bits=500' 'parameter u\nerror E = 1/(\\exp(u/2)^2 - \\exp(u))\nlet u = 1\n'
prints 'With 500 bits'
try 0 crosscheck 'parameter u\nerror E = \\exp(u/2)^2 - \\exp(u) + 10^{-1000} u\nlet u = 1\n'
prints agree
try 4 crosscheck 'parameter u\nerror E = \\ln(u - 1)\nlet u = 1\n'
says 'does not exist'
kink='inputs x 1\nlayer y 1 relu\nlet x = 1\nlet w = 0\nlet t = 1\n'
try 3 crosscheck "${kink}write relu-at-zero undefined\n"
says 'at a kink'
try 0 crosscheck "${kink}write relu-at-zero 1/2\n"
prints '−1/2'
try 4 crosscheck 'function f\nparameter u\nerror E = f(u)\nlet u = 1\n'
says '--random draws some'
try 0 'crosscheck --random=2' 'function f\nparameter u\nerror E = f(u) f(2 u)\nlet u = 1\n'
prints equal
try 0 crosscheck 'function f\nparameter u\nerror E = f(e^u)\n'
prints agree
try 0 'crosscheck --random=3' 'function f\ninputs x 2\nlayer h 2 tanh\nlayer y 2 f\n'
prints 'agree on all'
try 0 'crosscheck --method=sweep,difference' \
    'parameter u\nx_0 = u\nfor s = 1..500: x_s = \\tanh(x_{s-1}) + u\nerror E = x_500\nlet u = 1/3\n'
prints 501
try 4 'evaluate --learning-rate=2' 'parameter u\nerror E = \\ln u\nlet u = 1\n'
says 'does not exist'
finish
