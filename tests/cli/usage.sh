#!/bin/sh
# Commands, options and names: what is wrong is said, with status 2.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

expect 0 "$GRADTEX"
prints 'What is dE/dw, and why?'
prints 'gradtex derive 2-2-2 w11^1'
expect 0 "$GRADTEX" --version
prints 'gradtex 0.'
expect 0 "$GRADTEX" help
prints crosscheck
for command in derive paths crosscheck evaluate show figure handout; do
    expect 0 "$GRADTEX" "$command" --help
    prints "Usage: gradtex $command"
    expect 0 "$GRADTEX" help "$command"
    prints "Usage: gradtex $command"
    expect 2 "$GRADTEX" "$command"
    says 'which network?'
    expect 2 "$GRADTEX" "$command" --nonsense 2-2-2
    says --nonsense
done

expect 0 "$GRADTEX"
prints 'gradtex verify my.tex'
expect 0 "$GRADTEX" verify --help
prints 'Usage: gradtex verify [OPTION]... DOCUMENT...'
prints 'DOCUMENT is a file'
expect 0 "$GRADTEX" help verify
expect 2 "$GRADTEX" verify --nonsense my.tex
says --nonsense

expect 2 "$GRADTEX" dervie 2-2-2
says dervie
expect 2 "$GRADTEX" "$srcdir/examples/2-2-2.net"
says 'gradtex derive'
expect 2 "$GRADTEX" help nothing

# Every example of the first screen works.
"$GRADTEX" | sed -n 's/.*   \(gradtex [a-z]* 2-2-2.*\)/\1/p' >"$work/commands"
test "$(wc -l <"$work/commands")" -eq 7 || fail 'the first screen has seven commands'
cd "$work" || exit 1
while read -r _ arguments; do
    # shellcheck disable=SC2086
    expect 0 "$GRADTEX" $arguments
done <"$work/commands"

# Values of options.
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --detail=long
says 'explicit, normal or brief'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --detail
says 'a value is missing'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --standalone=yes
says 'takes no value'
for number in 0 -1 1.5 ten 99999999999999999999999999 ''; do
    expect 2 "$GRADTEX" derive 2-2-2 w11^1 "--max-terms=$number"
    says 'a whole number from 1'
done
expect 2 "$GRADTEX" crosscheck 2-2-2 --max-paths=0
expect 2 "$GRADTEX" crosscheck 2-2-2 --random=x
for number in 0 1000000000000000 -1 x; do
    expect 2 "$GRADTEX" crosscheck 2-2-2 "--max-bits=$number"
    says 'a whole number from 1 to 16777216'
done
for number in 0 -1 1/0 x ''; do
    expect 2 "$GRADTEX" crosscheck 2-2-2 "--accuracy=$number"
    says 'a number above 0'
done
expect 2 "$GRADTEX" crosscheck 2-2-2 --method=backprop,guess
says 'backprop, sweep or difference'
expect 2 "$GRADTEX" evaluate 2-2 --learning-rate=0
says 'a number above 0, such as 1/2'
expect 4 "$GRADTEX" show 2-2:leaky-relu
says 'leaky-relu(1/100)'
expect 2 "$GRADTEX" crosscheck "$srcdir/examples/recurrent.net" --method=backprop
says 'layers and a named error'
expect 2 "$GRADTEX" crosscheck 2-2-2 --digits=0
expect 2 "$GRADTEX" evaluate 2-2-2 --learning-rate=0
expect 2 "$GRADTEX" evaluate 2-2-2 w11^1
says 'too many names'
expect 2 "$GRADTEX" paths 2-2-2 w11^1 --skip=-1
expect 2 "$GRADTEX" paths 2-2-2 w11^1 --limit=0
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --notation=nobody
says post
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=svg
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=dot
says 'text, latex, markdown, infix, json'
expect 2 "$GRADTEX" paths 2-2-2 w11^1 --format=md
says 'text, latex, json'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=text --standalone
expect 2 "$GRADTEX" derive 2-2-2 w11^1 -o "$work/sheet.doc"
says 'the format cannot be told'
expect 2 "$GRADTEX" show 2-2-2 w11^1
says 'too many names'
expect 2 "$GRADTEX" paths 2-2-2

# Names.
expect 2 "$GRADTEX" derive 2-2-2 w99^1
says w99^1
expect 2 "$GRADTEX" derive 2-2-2 w11^1 'w_{11}^1'
says 'named twice'
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --of=nothing
says nothing
expect 2 "$GRADTEX" paths 2-2-2 w11^1 --skip=2
for spelling in w11^1 w_11^1 'w_{11}^1' 'w_{11}^{1}' w_11__1 'w^1_{11}' 'w₁₁¹'; do
    expect 0 "$GRADTEX" derive 2-2-2 "$spelling" --result --format=infix
    cp "$work/out" "$work/this"
    test -f "$work/first" || cp "$work/this" "$work/first"
    cmp -s "$work/first" "$work/this" || fail "$spelling is read as another name"
done

finish
