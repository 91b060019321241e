#!/bin/sh
# tests/independent/NAME.net: path sum and the other way are what NAME.txt says, which
# tests/independent/make_numbers.py made with NumPy, to 1e-9 of it.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

cd "$srcdir/tests/independent" || exit 1

# compare NAME.txt JSON
compare() {
    awk '
        function number(text,    parts) {
            return split(text, parts, "/") == 2 ? parts[1] / parts[2] : text + 0
        }
        function check(text,    difference, scale) {
            difference = number(text) - expected[name]
            scale = 1e-9 * expected[name]
            if (difference * difference > scale * scale) {
                print name " is " text ", not " expected[name]
                wrong = 1
            }
            checked[name]++
        }
        FNR == NR {
            expected[$1] = $2
            next
        }
        { split($0, quoted, "\"") }
        $1 == "\"name\":" {
            name = quoted[4]
            gsub(/\\\\/, "\\", name)
        }
        # A rational, or the decimals of an enclosure on the next line.
        is_open && name in expected { check(quoted[4]) }
        { is_open = 0 }
        ($1 == "\"path_sum\":" || $1 == "\"value\":") && name in expected {
            is_open = $2 == "{"
            if (!is_open)
                check(quoted[4])
        }
        END {
            for (name in expected)
                if (checked[name] != 2) {
                    print name " has " checked[name] + 0 " values"
                    wrong = 1
                }
            exit wrong
        }' "$1" "$2" || fail "$1"
}

for net in *.net; do
    expect 0 "$GRADTEX" crosscheck "$net" --format=json
    compare "${net%.net}.txt" "$work/out"
done
finish
