#!/bin/sh
# Full devices, closed streams, broken pipes, endless input, and places that change nothing.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

printf 'inputs x 2\nlayer h 2 tanh\nlayer y 2 softmax\nerror cross-entropy\n' >"$work/s.net"
for arguments in "derive $work/s.net w11^1" "paths $work/s.net w11^1" "crosscheck $work/s.net" \
    "show $work/s.net" 'derive 2-2-2 w11^1' 'paths 2-2-2 w11^1' 'crosscheck 2-2-2' 'show 2-2-2' \
    '--help' '--version' 'help derive' ''; do
    # shellcheck disable=SC2016
    if [ -w /dev/full ]; then
        expect 5 sh -c 'exec "$1" $2 >/dev/full' sh "$GRADTEX" "$arguments"
        says 'cannot write'
    fi
    expect 5 sh -c 'exec "$1" $2 >&-' sh "$GRADTEX" "$arguments"
done

"$GRADTEX" paths 8-8-8-8-8-8-8-8-8-8 w11^1 2>"$work/err" | head -n 1 >"$work/out"
is_silent
test "$(wc -l <"$work/out")" -eq 1 || fail 'the pipe got no line'

expect 6 sh -c '"$1" derive - w11^1 </dev/zero' sh "$GRADTEX"
says '64 MiB'
expect 5 sh -c '"$1" derive - w11^1 <&-' sh "$GRADTEX"

# A limit on the size of files is an error, not a signal.
expect 5 sh -c 'ulimit -f 0; exec "$1" derive 2-2-2 w11^1 -o "$2/sheet.tex"' sh "$GRADTEX" "$work"
test ! -e "$work/sheet.tex" || fail 'half a file was left'

# A signal ends a TeX that runs, and leaves nothing.
mkdir "$work/tex" "$work/temporary"
# shellcheck disable=SC2016
printf '#!/bin/sh\necho $$ >"%s/tex/pid"\nexec sleep 60\n' "$work" >"$work/tex/pdflatex"
chmod +x "$work/tex/pdflatex"
PATH="$work/tex:$PATH" TMPDIR="$work/temporary" "$GRADTEX" derive 1-1 w11^1 -o "$work/slow.pdf" &
gradtex=$!
for _ in 1 2 3 4 5 6 7 8 9 10; do
    test -s "$work/tex/pid" && break
    sleep 1
done
kill -TERM $gradtex
wait $gradtex && fail 'a signal is no failure'
sleep 1
ps -o stat= -p "$(cat "$work/tex/pid")" 2>/dev/null | grep -qv Z && fail 'TeX runs on after a signal'
test -z "$(ls "$work/temporary")" || fail 'a signal leaves a folder'
test ! -e "$work/slow.pdf" || fail 'half a file was left'

# Neither locale nor environment changes a byte.
expect 0 "$GRADTEX" derive 2-2-2 w11^1 --format=text
mv "$work/out" "$work/plain"
for setting in LC_ALL=de_DE.UTF-8 LC_ALL=tr_TR.UTF-8 LC_ALL=C TERM=odd NO_COLOR=1 TMPDIR=/missing; do
    expect 0 env "$setting" "$GRADTEX" derive 2-2-2 w11^1 --format=text
    cmp -s "$work/plain" "$work/out" || fail "$setting changes the result"
done

finish
