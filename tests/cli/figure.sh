#!/bin/sh
# Figures of networks: every example, in each format; PDFs are made in private.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"

for file in "$srcdir"/examples/*.net 784-64-10:sigmoid 2-2-2-2; do
    expect 0 "$GRADTEX" figure "$file" --format=svg
    prints '</svg>'
    grep -qE '[ "-](nan|inf)[ "]' "$work/out" && fail "$file: a number is none"
    expect 0 "$GRADTEX" figure "$file"
    prints '\begin{tikzpicture}'
    expect 0 "$GRADTEX" figure "$file" --standalone
    prints '\documentclass'
done

# The paths of each symbol; one picture in SVG.
expect 0 "$GRADTEX" figure 2-2-2-2 w11^1 w11^2
test "$(grep -c 'begin{tikzpicture}' "$work/out")" -eq 2 || fail 'two symbols are two pictures'
expect 2 "$GRADTEX" figure 2-2-2-2 w11^1 w11^2 --format=svg
says 'one'
expect 0 "$GRADTEX" figure 2-2-2-2 w11^1 -o "$work/a.svg"
grep -q 'class="[^"]*p1[ "]' "$work/a.svg" || fail 'the second path is not marked'
expect 2 "$GRADTEX" figure 2-2-2-2 w99
expect 2 "$GRADTEX" figure 2-2-2-2 --format=html
expect 0 "$GRADTEX" figure 2-2-2 h1 --of=y1
grep -q xml "$work/a.svg" && command -v xmllint >/dev/null 2>&1 && expect 0 xmllint --noout "$work/a.svg"

# A name is text, whatever stands in it.
printf 'inputs a\nparameter w_{<b>}\nb = w_{<b>} a\noutputs b\nerror E = b^2\n' >"$work/odd.net"
status=0
"$GRADTEX" figure "$work/odd.net" --format=svg >"$work/out" 2>"$work/err" || status=$?
grep -q '<b>' "$work/out" && fail 'a name became a tag'

# Values have three digits, zeros too, and a sign of their own.
cat >"$work/values.net" <<'NET'
input   x
layer   h
layer   g
layer   k
layer   y
biases
targets t
error   half-squares
let x = 100.04
let t = 1
let w^1 = 0.2596
let w^2 = 0.99995
let w^3 = -0.87005
let w^4 = 0.5
let b^1 b^2 b^3 b^4 = -1 3 0 0
NET
expect 0 "$GRADTEX" figure "$work/values.net" --numbers --format=svg
for value in 0.260 1.00 −0.870 0.5 100 −1 +3; do
    prints ">$value<"
done
expect 0 "$GRADTEX" figure "$work/values.net" --numbers
for value in 0.260 1.00 -0.870 0.5 100 -1 +3; do
    prints "\$$value\$"
done

# Without TeX there is a message and no file.
if ! command -v pdflatex >/dev/null 2>&1; then
    expect 5 "$GRADTEX" figure 2-2 -o "$work/f.pdf"
    says pdflatex
    test ! -e "$work/f.pdf" || fail 'half a file'
    finish
fi
mkdir "$work/tmp" "$work/bin"
expect 0 env TMPDIR="$work/tmp" "$GRADTEX" figure 2-2-2-2 w11^1 -o "$work/f.pdf"
head -c 5 "$work/f.pdf" | grep -q '%PDF-' || fail 'no PDF'
expect 0 env TMPDIR="$work/tmp" "$GRADTEX" figure 2-2-2-2 w11^1 -o "$work/g.pdf"
cmp -s "$work/f.pdf" "$work/g.pdf" || fail 'the same figure is other bytes'
expect 0 env TMPDIR="$work/tmp" "$GRADTEX" derive 2-2-2-2 w11^1 -o "$work/d.pdf"
test -z "$(ls -A "$work/tmp")" || fail 'something is left behind'

# Nor by a signal while TeX runs.
printf '#!/bin/sh\ntouch page.aux\nkill -TERM $PPID\nsleep 1\n' >"$work/bin/pdflatex"
chmod +x "$work/bin/pdflatex"
status=0
(PATH="$work/bin:$PATH" TMPDIR="$work/tmp" exec "$GRADTEX" figure 2-2 -o "$work/s.pdf") 2>/dev/null || status=$?
test "$status" -eq 143 || fail "status $status after a signal"
test -z "$(ls -A "$work/tmp")" || fail 'a signal leaves a folder behind'
test ! -e "$work/s.pdf" || fail 'half a file after a signal'
rm "$work/bin/pdflatex"

# TeX that is missing, fails, or writes nothing.
link=$(command -v sh)
ln -s "$link" "$work/bin/sh"
rm "$work/f.pdf"
expect 5 env PATH="$work/bin" "$GRADTEX" figure 2-2 -o "$work/f.pdf"
says pdflatex
printf '#!/bin/sh\nexit 1\n' >"$work/bin/pdflatex"
chmod +x "$work/bin/pdflatex"
expect 5 env PATH="$work/bin" "$GRADTEX" figure 2-2 -o "$work/f.pdf"
printf '#!/bin/sh\nexit 0\n' >"$work/bin/pdflatex"
expect 5 env PATH="$work/bin" "$GRADTEX" figure 2-2 -o "$work/f.pdf"
test ! -e "$work/f.pdf" || fail 'half a file'
finish
