#!/bin/sh
# Inputs and outputs: a file appears whole or not at all, and nothing is written behind a device's back.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
cp "$srcdir/examples/2-2-2.net" "$work/a.net"
cd "$work" || exit 1

# The suffix chooses the format.
expect 0 "$GRADTEX" derive a.net w11^1 -o sheet.tex
grep -q 'documentclass' sheet.tex || fail 'sheet.tex is no document'
expect 0 "$GRADTEX" derive a.net w11^1 -o sheet.txt
grep -q '∂' sheet.txt || fail 'sheet.txt is no text'
expect 0 "$GRADTEX" derive a.net w11^1 -o sheet.json
grep -q '^{' sheet.json || fail 'sheet.json is no JSON'
expect 0 "$GRADTEX" derive a.net w11^1
if grep -q 'documentclass' out; then fail 'a pipe gets a fragment'; fi
prints '\frac'

# Names of files.
cp a.net ./-rf
expect 0 "$GRADTEX" derive -- -rf w11^1
cp a.net ./-
expect 0 "$GRADTEX" derive ./- w11^1
rm ./-
expect 0 sh -c 'exec "$1" derive - w11^1 <a.net' sh "$GRADTEX"
newline=$(printf 'a\nb.net')
expect 5 "$GRADTEX" derive "$newline" w11^1
says 'a\nb.net'
cp a.net "$newline"
expect 0 "$GRADTEX" derive "$newline" w11^1
expect 5 "$GRADTEX" derive missing.net w11^1
expect 5 "$GRADTEX" derive . w11^1

# The input is never the output.
ln -s a.net link.txt
ln a.net hard.txt
expect 2 "$GRADTEX" derive a.net w11^1 --format=text -o a.net
says 'also the input'
expect 2 "$GRADTEX" derive a.net w11^1 -o link.txt
expect 2 "$GRADTEX" derive a.net w11^1 -o hard.txt
expect 2 sh -c 'exec "$1" derive - w11^1 -o hard.txt <a.net' sh "$GRADTEX"
cmp -s a.net "$srcdir/examples/2-2-2.net" || fail 'the input was changed'

# A failed command leaves the old file and no litter.
echo old >kept.txt
expect 2 "$GRADTEX" derive a.net w99^9 -o kept.txt
test "$(cat kept.txt)" = old || fail 'an old file was changed'
expect 5 "$GRADTEX" derive a.net w11^1 -o missing/sheet.tex
expect 5 "$GRADTEX" derive a.net w11^1 --format=text -o .
if ls -a | grep -q 'gradtex-.*tmp'; then fail 'a temporary file was left'; fi

# Links, devices, FIFOs.
ln -s real.txt to-real.txt
expect 0 "$GRADTEX" derive a.net w11^1 -o to-real.txt
test -L to-real.txt && test -s real.txt || fail 'the link was replaced'
expect 0 "$GRADTEX" derive a.net w11^1 -o /dev/null
test -c /dev/null || fail '/dev/null was replaced'
mkfifo pipe.txt
cat pipe.txt >through &
expect 0 "$GRADTEX" derive a.net w11^1 -o pipe.txt
wait
cmp -s through real.txt || fail 'the FIFO got something else'
test -p pipe.txt || fail 'the FIFO was replaced'
if [ "$(id -u)" -ne 0 ]; then
    chmod a-w real.txt
    expect 5 "$GRADTEX" derive a.net w11^1 -o real.txt
fi

finish
