#!/bin/sh
# Markdown holds together: every display and every formula ends, and all rows of a table have the same
# number of cells, whatever stands in them.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

# well_formed FILE: says what is not, and where.
well_formed() {
    awk '
        function say(what) { print FILENAME ":" FNR ": " what; bad = 1 }
        /^~~~/ { code = !code; cells = 0; next }
        code { next }
        /^(\$\$( \{#eq-[0-9]+\})?|```(math)?)$/ { display = !display; cells = 0; next }
        display {
            if (/^$/) say("an empty line inside a display")
            depth += gsub(/\\begin\{align(ed|\*)\}/, "") - gsub(/\\end\{align(ed|\*)\}/, "")
            if (/[$|<>*`]/) say("a character that acts inside a display")
            next
        }
        depth { say("aligned rows do not end"); depth = 0 }
        {
            gsub(/`[$\\]+`|\\\|/, "")
            if (gsub(/\$/, "&") % 2) say("a formula does not end")
            bars = gsub(/\|/, "&")
            if (!/^\|/ && bars) say("a bar outside of a table")
            if (cells && bars && bars != cells) say("a row with other cells than its heading")
            cells = bars
        }
        /\t/ { say("a tab") }
        END { if (display || code) say("the end is missing"); exit bad }' "$1"
}

flavours='katex mathjax kramdown quarto github'

# written ARGUMENTS...: in each flavour.
written() {
    for flavour in $flavours; do
        expect 0 "$GRADTEX" "$@" --format=markdown --flavour="$flavour"
        well_formed "$work/out" || fail "$flavour: $*"
    done
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

# A title stays text for all who read.
printf 'title "<script>f(1)</script> | `x` $5$ \\(z\\) 50%% [x](javascript:y)"\n' >"$work/title.net"
printf 'inputs x 2\nlayer y 2\nerror half-squares\n' >>"$work/title.net"
for flavour in $flavours; do
    expect 0 "$GRADTEX" handout "$work/title.net" --format=markdown --flavour="$flavour"
    prints '# \<script\>f(1)\</script\> \| &#96;x&#96; `$`5`$` `\`(z`\`) 50% &#91;x&#93;(javascript&#58;y)'
done

# Flavours are those of Markdown; one of them is there without a word.
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=text --flavour=github
says '--flavour is for --format=markdown'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=md --flavour=commonmark
says 'mathjax, katex, kramdown, quarto or github'
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --flavour=katex -o "$work/katex.md"
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --format=md
cmp -s "$work/katex.md" "$work/out" || fail 'the flavour without a word is another one'

# The suffix and the short name of the format.
expect 0 "$GRADTEX" derive 2-2-2 w11^1 -o "$work/post.md"
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --format=md
cmp -s "$work/post.md" "$work/out" || fail 'post.md is not what --format=md writes'
grep -q '^# The gradient of \$E\$' "$work/post.md" || fail 'post.md has no heading'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=md --standalone
expect 0 "$GRADTEX" derive 2-2-2 w11^1 -o "$work/post.qmd"
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --format=md --flavour=quarto
cmp -s "$work/post.qmd" "$work/out" || fail 'post.qmd is not for Quarto'
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --flavour=github -o "$work/post.qmd"
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --format=md --flavour=github
cmp -s "$work/post.qmd" "$work/out" || fail 'a suffix stands above --flavour'

# A long table says what it leaves out; text has it all.
expect 0 "$GRADTEX" evaluate 300-2-1 --format=md
prints '206 rows are left out of this table'
test "$(grep -c '^| \$x' "$work/out")" -eq 94 || fail 'rows that are shown'
expect 0 "$GRADTEX" evaluate 300-2-1 --format=text
test "$(grep -c '^    x' "$work/out")" -eq 300 || fail 'text leaves rows out'
finish
