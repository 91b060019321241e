#!/bin/sh
# Markdown holds together: every display and every formula ends, and all rows of a table have the same
# number of cells, whatever stands in them.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

# well_formed FILE: says what is not, and where.
well_formed() {
    awk '
        function say(what) { print FILENAME ":" FNR ": " what; bad = 1 }
        /^```/ { code = !code; cells = 0; next }
        code { next }
        /^\$\$$/ { display = !display; cells = 0; next }
        display {
            depth += gsub(/\\begin\{aligned\}/, "&") - gsub(/\\end\{aligned\}/, "&")
            if (/[$|<>*]/) say("a character that acts inside a display")
            if (/^$/) say("an empty line inside a display")
            next
        }
        depth { say("aligned rows do not end"); depth = 0 }
        {
            gsub(/\\[$|]/, "")
            if (gsub(/\$/, "&") % 2) say("a formula does not end")
            bars = gsub(/\|/, "&")
            if (!/^\|/ && bars) say("a bar outside of a table")
            if (cells && bars && bars != cells) say("a row with other cells than its heading")
            cells = bars
        }
        /\t/ { say("a tab") }
        END { if (display || code) say("the end is missing"); exit bad }' "$1"
}

# written ARGUMENTS...
written() {
    expect 0 "$GRADTEX" "$@" --format=markdown
    well_formed "$work/out" || fail "$*"
}

for file in "$srcdir"/examples/*.net; do
    first=$("$GRADTEX" show --names "$file" | sed -n '/^[xt]/!{p;q;}')
    written derive "$file"
    written derive "$file" "$first"
    written evaluate "$file"
    written crosscheck "$file" "$first"
done

# Names and titles from the network.
cat >"$work/names.net" <<'END'
title "# 1. *E* | `x` <b> $5$ _a_ [b](c)"
inputs   x 2
layer    \hat y 2 tanh
targets  t
error    J = squares
biases
END
written derive "$work/names.net"
written evaluate "$work/names.net"
written crosscheck "$work/names.net"
written crosscheck "$work/names.net" --summary

# The suffix and the short name of the format.
expect 0 "$GRADTEX" derive 2-2-2 w11^1 -o "$work/post.md"
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --format=md
cmp -s "$work/post.md" "$work/out" || fail 'post.md is not what --format=md writes'
grep -q '^# The gradient of \$E\$' "$work/post.md" || fail 'post.md has no heading'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=md --standalone

# A long table says what it leaves out; text has it all.
expect 0 "$GRADTEX" evaluate 300-2-1 --format=md
prints '206 rows are left out of this table'
test "$(grep -c '^| \$x' "$work/out")" -eq 94 || fail 'rows that are shown'
expect 0 "$GRADTEX" evaluate 300-2-1 --format=text
test "$(grep -c '^    x' "$work/out")" -eq 300 || fail 'text leaves rows out'
finish
