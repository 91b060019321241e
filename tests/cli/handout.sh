#!/bin/sh
# Sheets for a class: every example in every format, the same bytes each time, and titles that cannot act.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

for file in "$srcdir"/examples/*.net 784-64-10:sigmoid; do
    for format in text latex markdown html json; do
        expect 0 "$GRADTEX" handout "$file" --format="$format"
        test -s "$work/out" || fail "$file: nothing as $format"
    done
    expect 0 "$GRADTEX" handout "$file" --key -o "$work/a.html"
    expect 0 "$GRADTEX" handout "$file" --key -o "$work/b.html"
    cmp -s "$work/a.html" "$work/b.html" || fail "$file: other bytes"
done

# The parts of a sheet, in order.
expect 0 "$GRADTEX" handout "$srcdir/examples/mazur.net" --format=markdown
for part in '# Two layers of sigmoid units' '## The gradient of $E$ with respect to $w_5$' \
    'Two paths lead from' 'the equations of backprop' 'The pattern' 'An example in numbers'; do
    prints "$part"
done
expect 0 "$GRADTEX" handout 2-2-2 w12^2 --format=markdown
test "$(grep -c "^## .*with respect to" "$work/out")" -eq 1 || fail 'one symbol is one derivation'

# One derivation of each layer; of a network of many layers that is told, of too many the last ones come.
chain() {
    yes 2 | head -n "$1" | paste -sd-
}
derivations() {
    grep -c '^## .*with respect to' "$work/out"
}
expect 0 "$GRADTEX" handout "$(chain 9)" --format=markdown
test "$(derivations)" -eq 8 || fail 'eight layers are eight derivations'
test -z "$(grep layer "$work/err")" || fail 'a note on a sheet of eight layers'
expect 0 "$GRADTEX" handout "$(chain 13)" --format=markdown
test "$(derivations)" -eq 12 || fail 'twelve layers are twelve derivations'
grep -q 'the sheet has 12 derivations, one for each layer' "$work/err" || fail 'a long sheet is not told'
expect 0 "$GRADTEX" handout "$(chain 121)" --format=markdown
test "$(derivations)" -eq 100 || fail 'a very deep network'
grep -q 'weights of the last 100 of 120 layers' "$work/err" || fail 'what is left out is not told'

# Layers are counted as their names are.
expect 0 "$GRADTEX" handout 2-2-2 --notation=nielsen --format=text
prints 'Layer 2 has the linear units a₁², a₂². Layer 3 has'

# Patterns stand beside an instance.
expect 0 "$GRADTEX" handout 2-2-2-2 --format=markdown
prints '\delta_j^2 &= \sum_{k=1}^{2}w_{kj}^3\delta_k'
prints '\delta_1^2 &= w_{11}^3\delta_1+w_{21}^3\delta_2'

# Who works in numbers needs what the functions are: each once, those of which others are made too.
cat >"$work/swish.net" <<'NET'
function S = sigmoid
function g(z) = z S(z)
inputs x 2
layer h 2 g
layer k 2 relu
layer y 1 S
NET
expect 0 "$GRADTEX" handout "$work/swish.net" --format=text
for part in 'g(z) = z S(z) ' 'g′(z) = S(z) + z S′(z)' 'S(z) = 1/(1 + e^{−z}) ' 'S′(z) = S(z) [1 − S(z)]' \
    'relu(z) = z [z > 0]' 'relu′(z) = [z > 0]' 'A bracket around an inequality' 'The derivative of relu at 0'; do
    prints "$part"
    test "$(grep -cF "$part" "$work/out")" -eq 1 || fail "not once: $part"
done
printf 'inputs z 2\nlayer y 1 tanh\npreactivations a_<to>\n' >"$work/z.net"
expect 0 "$GRADTEX" handout "$work/z.net" --format=text
prints 'tanh′(z) = 1'
printf 'input z\nlayer y 1 tanh\npreactivations a_<to>\n' >"$work/z.net"
expect 0 "$GRADTEX" handout "$work/z.net" --format=text
prints 'tanh′(u) = 1'

# A bar is explained once, where the first one stands, on sheets and on derivations.
bar_told_once() {
    expect 0 "$GRADTEX" "$@" --format=text
    test "$(grep -c 'foot of a bar is held fixed' "$work/out")" -eq 1 || fail "a bar without a word: $*"
}
bar_told_once handout "$srcdir/examples/recurrent-tanh.net"
bar_told_once derive "$srcdir/examples/recurrent-tanh.net" u
expect 0 "$GRADTEX" derive "$srcdir/examples/2-2-2.net" w11^1 --format=text
grep -q 'a bar is held' "$work/out" && fail 'a word on bars that are not there'

# Samples are counted, and what the error makes of them is told.
for way in averaged summed; do
    printf 'inputs x 1\nlayer y 1\nsamples 3 %s\n' $way >"$work/samples.net"
    expect 0 "$GRADTEX" handout "$work/samples.net" --format=markdown
    prints 'There are three samples; a superscript ends in the number of its sample: $x_1^{(1)}$ is of the first and $x_1^{(3)}$ of the last.'
    case $way in
    averaged) prints 'The error $E$ takes the mean over the samples.' ;;
    summed) prints 'The error $E$ takes the sum over the samples.' ;;
    esac
done
expect 0 "$GRADTEX" handout "$srcdir/examples/autoencoder.net" --format=markdown
grep -q 'samples' "$work/out" && fail 'samples where there are none'

# A table that is a little longer than others is whole; of a long one the sheet says how much is left out.
expect 0 "$GRADTEX" handout 8-2-1 --random --format=markdown
grep -q 'left out' "$work/out" && fail 'a table without a few rows'
expect 0 "$GRADTEX" handout 9-2-1 --random --format=markdown
prints 'Seven rows are left out of this table.'

# What is said of a figure is said where there is one.
for format in text markdown latex; do
    expect 0 "$GRADTEX" handout "$srcdir/examples/mazur.net" --format=$format
    grep -q 'are rounded to' "$work/out" && fail "$format: a word on a figure that is not there"
done
for suffix in tex html; do
    expect 0 "$GRADTEX" handout "$srcdir/examples/mazur.net" -o "$work/figure.$suffix"
    grep -q 'on the edges are rounded to' "$work/figure.$suffix" || fail "$suffix: a figure without its word"
done

# Whole LaTeX documents have the answers and a switch, pages only on request.
expect 0 "$GRADTEX" handout 2-2-2 --standalone
prints '\keyfalse'
expect 0 "$GRADTEX" handout 2-2-2 --standalone --key
prints '\keytrue'

# On paper: those who learn do not see the key, and every reference has its number.
# read_page ARGUMENTS...: the words on the pages are in $work/page.txt.
read_page() {
    expect 0 "$GRADTEX" handout "$srcdir/examples/2-2-2-2.net" "$@" -o "$work/page.pdf"
    pdftotext "$work/page.pdf" "$work/page.txt"
}
if command -v pdflatex >/dev/null 2>&1 && command -v pdftotext >/dev/null 2>&1; then
    read_page
    grep -q '^Exercise 5' "$work/page.txt" || fail 'no exercises on paper'
    grep -q 'Key$' "$work/page.txt" && fail 'the key is on paper'
    grep -qF '??' "$work/page.txt" && fail 'a reference leads nowhere'
    read_page --key
    grep -q 'Key$' "$work/page.txt" || fail 'no key on paper'
fi

# What a title or a name holds is text.
cat >"$work/odd.net" <<'NET'
title "\input{/etc/passwd} </script><b> 100% $x$ [a](b) `c`"
inputs x 2
layer h 2
layer y 1
NET
expect 0 "$GRADTEX" handout "$work/odd.net" --format=html
grep -q '<b>\|</script>' "$work/out" && fail 'a title became a tag'
expect 0 "$GRADTEX" handout "$work/odd.net" --format=latex
grep -q '\\input{' "$work/out" && fail 'a title became a command'

# Usage.
expect 2 "$GRADTEX" handout 2-2-2 w99
expect 2 "$GRADTEX" handout 2-2-2 E
says 'what is differentiated'
expect 2 "$GRADTEX" handout 2-2-2 --exercises=-1
expect 2 "$GRADTEX" handout 2-2-2 --format=svg
printf 'inputs a\nb = a\noutputs b\nerror E = b^2\n' >"$work/none.net"
expect 2 "$GRADTEX" handout "$work/none.net"
says 'no parameter'
finish
