#!/bin/sh
# Wrong networks: each is refused with its status, a place and a sentence; never a signal.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

# refused STATUS PLACE TEXT: the network in $work/a.net is.
refused() {
    expect "$1" "$GRADTEX" show "$work/a.net"
    says "a.net$2"
    says "$3"
}

net() {
    # shellcheck disable=SC2059
    printf "$@" >"$work/a.net"
}

net ''
expect 4 "$GRADTEX" show "$work/a.net"
net '# nothing\n\n'
expect 4 "$GRADTEX" show "$work/a.net"
net '\357\273\277'
expect 4 "$GRADTEX" show "$work/a.net"
net '\357\273\277inputs x 1\r\nlayer y 1\r'
expect 0 "$GRADTEX" show "$work/a.net"
net 'inputs x 1\n\300\257'
refused 4 ':2:1' 'not UTF-8'
net 'i\000n\000'
refused 4 ':1:1' 'UTF-16'
net 'inputs x 1\nlayer\000 y 1\n'
refused 4 ':2:6' 'NUL'
net 'inputs x 1\r\nlayre y 1\r\n'
refused 4 ':2:1' 'layer'
net 'inputs x 2\nlayer y 1\ny_1 = (x_1 + x_2\n'
expect 4 "$GRADTEX" show "$work/a.net"
net 'parameters w\ninput x\na = b w x\nb = a\nerror E = a\n'
expect 4 "$GRADTEX" show "$work/a.net"
says circle
for width in 0 -1 1.5; do
    net "inputs x 2\nlayer y $width\n"
    expect 4 "$GRADTEX" show "$work/a.net"
done
for width in 1000000000000000000 18446744073709551616; do
    net "inputs x 2\nlayer y $width\n"
    refused 6 ':2:9' 'at most'
done
for number in 1/0 0/0 0,5 1_000 0x10 NaN inf; do
    net "inputs x 1\nlayer y 1\nlet x = $number\n"
    expect 4 "$GRADTEX" show "$work/a.net"
done
for number in 1e999999999999 1e-999999999999; do
    net "inputs x 1\nlayer y 1\nlet x = $number\n"
    refused 6 ':3:9' 'too long'
done
net 'inputs \\input{x} 1\nlayer y 1\n'
expect 4 "$GRADTEX" show "$work/a.net"
net 'inputs x\033 1\nlayer y 1\n'
expect 4 "$GRADTEX" show "$work/a.net"
if grep -q "$(printf '\033')" "$work/err"; then fail 'an escape reaches the terminal'; fi

# Long and deep input.
{
    printf 'inputs x 1\nparameters w\nerror E = '
    head -c 100000 /dev/zero | tr '\0' '('
} >"$work/a.net"
refused 4 ':3:' 'nested deeper than'
{
    printf 'inputs x 1\nlayer y 1\nlet x = '
    head -c 10000000 /dev/zero | tr '\0' '7'
} >"$work/a.net"
refused 6 ':3:9' 'too long'

# A misspelt activation.
net 'inputs x 1\nlayer y 1 sigmiod\n'
refused 4 ':2:' 'did you mean sigmoid'

# Short forms.
for word in 2-0-2 2--2 2-2-2:nonsense; do
    expect 4 "$GRADTEX" show "$word"
done
expect 0 "$GRADTEX" show 2-3-1

finish
