#!/bin/sh
# Slides compile with pdflatex in one run and without a warning, boxes too full included.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
needs pdflatex
kpsewhich beamer.cls tikz.sty >/dev/null || skip 'beamer or TikZ is not here'
compiled=0

# slides NAME ARGUMENTS...
slides() {
    name=$1
    shift
    compiled=$((compiled + 1))
    expect 0 "$GRADTEX" derive --format=beamer -o "$work/$name.tex" "$@"
    (cd "$work" && pdflatex -interaction=nonstopmode -halt-on-error "$name.tex") >"$work/out" 2>&1 </dev/null ||
        {
            fail "$name.tex does not compile"
            grep -A 5 '^!' "$work/out"
        }
    if grep -A 2 -E 'Warning|Overfull|Underfull|Missing character' "$work/$name.log"; then
        fail "$name.tex: a warning"
    fi
}

# has NAME TEXT: the slides hold it.
has() {
    grep -qF -- "$2" "$work/$1.tex" || fail "$1.tex does not hold: $2"
}

# first FILE: its first parameter.
first() {
    "$GRADTEX" show --names "$1" | awk '!/^[xt]/ { print; exit }'
}

for file in "$srcdir"/examples/*.net; do
    name=${file##*/}
    slides "${name%.net}" "$file" "$(first "$file")"
done
slides general "$srcdir/examples/mazur.net"
slides two 2-2-2-2 w11^1 w11^2
slides wide 784-64-10 w_1,1^1
slides sigmoid 784-64-10:sigmoid w_1,1^1
slides relu 12-14-11:relu w_1,1^1
slides compact --detail=brief 50-50-50-50-50-50 w_1,1^1
slides outputs 2-3-40 w_1,1^1
slides bias 3-12-11-2:bias b_12^1
slides all-terms --max-terms=64 4-4-4-4 w11^1
slides result --result=factored 3-4-4-2 w11^1
slides unreached 1-2 t_1
slides german --language=de "$srcdir/examples/lstm.net" w_i

# The edges of a path are lit when its term appears.
slides paths 2-2-2-2 w11^1
has paths '\uncover<3->{+{\color{path2}'
has paths '\draw[->,on=<1>{idle},on=<2->{thick,path1,solid}]'
has paths '\draw[->,on=<1-2>{idle},on=<3->{thick,path2,densely dashed}]'
has paths 'frametitle{The paths to $y_1$}'
has lstm '\continued}'
has german '\newcommand{\continued}{ (Fortsetzung)}'
has two 'with respect to $w_{11}^2$'

# Names of any kind, and words that mean something to TeX.
cat >"$work/decay.net" <<'END'
title "Errors: 50% & #1 {of} \_ ~ ^ $ $"
inputs   x 3
layer    h 4
layer    \hat y 3
targets  t
constant \lambda
error    J = mean-squares + weight-decay \lambda
biases
END
slides decay "$work/decay.net" w11^1
slides decay-general "$work/decay.net"

# The PDF of the slides, made in private.
mkdir "$work/tmp"
expect 0 env TMPDIR="$work/tmp" "$GRADTEX" derive --format=beamer 2-2-2 w11^1 -o "$work/slides.pdf"
head -c 5 "$work/slides.pdf" | grep -q '%PDF-' || fail 'no PDF'
test -z "$(ls -A "$work/tmp")" || fail 'something is left behind'
expect 0 "$GRADTEX" derive --format=pdf 2-2-2 w11^1 -o "$work/sheet.pdf"
cmp -s "$work/slides.pdf" "$work/sheet.pdf" && fail 'the slides are the sheet'
expect 2 "$GRADTEX" derive --format=beamer --standalone 2-2-2 w11^1
expect 2 "$GRADTEX" evaluate --format=beamer 2-2-2

i=0
seed=${GRADTEX_SEED:-1}
echo "GRADTEX_SEED=$seed"
while [ $i -lt "${GRADTEX_RUNS:-4}" ]; do
    "${builddir:-.}/tests/prop/print_spec" $((seed + i)) any >"$work/random.net"
    # Some are defined nowhere, and refused.
    if "$GRADTEX" derive "$work/random.net" x_1 >/dev/null 2>&1; then
        slides "seed-$((seed + i))" "$work/random.net" x_1
    fi
    i=$((i + 1))
done
echo "$compiled documents"
finish
