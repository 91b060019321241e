#!/bin/sh
# Documents compile with pdflatex in one run and without a warning, boxes too full or too empty
# included; fragments compile in a document that has amsmath alone.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
needs pdflatex
kpsewhich amsmath.sty tikz.sty >/dev/null || skip 'amsmath or TikZ is not here'
compiled=0

# compile NAME: one run over $work/NAME.tex; its log is $work/NAME.log.
compile() {
    compiled=$((compiled + 1))
    (cd "$work" && pdflatex -interaction=nonstopmode -halt-on-error "$1.tex") >"$work/out" 2>&1 </dev/null ||
        {
            fail "$1.tex does not compile"
            grep -A 5 '^!' "$work/out"
        }
}

# is_clean NAME: its log holds no warning.
is_clean() {
    if grep -A 2 -E 'Warning|Overfull|Underfull|Missing character' "$work/$1.log"; then
        fail "$1.tex: a warning"
    fi
}

# document NAME ARGUMENTS...
document() {
    name=$1
    shift
    expect 0 "$GRADTEX" derive -o "$work/$name.tex" "$@"
    compile "$name"
    is_clean "$name"
}

# evaluated NAME ARGUMENTS...: the numbers as a document with a figure.
evaluated() {
    name=$1
    shift
    expect 0 "$GRADTEX" evaluate --learning-rate=0.5 -o "$work/$name.tex" "$@"
    grep -q 'begin{tikzpicture}' "$work/$name.tex" || fail "$name.tex has no figure"
    compile "$name"
    is_clean "$name"
}

# written COMMAND NAME ARGUMENTS...
written() {
    command=$1 name=$2
    shift 2
    expect 0 "$GRADTEX" "$command" -o "$work/$name.tex" "$@"
    compile "$name"
    is_clean "$name"
}

# fragment ARGUMENTS...: to be compiled with the others.
fragment() {
    expect 0 "$GRADTEX" "$@" --format=latex
    cat "$work/out" >>"$work/fragments.tex"
}

# chosen FILE: the first parameter, the last, and an input.
chosen() {
    "$GRADTEX" show --names "$1" | awk '/^x/ { input = $0 }
        !/^[xt]/ { last = $0; if (!first) first = $0 }
        END { print first; if (last != first) print last; print input }'
}

cat >"$work/fragments.tex" <<'END'
\documentclass{article}
\usepackage{amsmath}
\begin{document}
END

for file in "$srcdir"/examples/*.net; do
    name=${file##*/}
    name=${name%.net}
    # shellcheck disable=SC2046
    document "$name" "$file" $(chosen "$file")
    document "$name-general" "$file"
    # shellcheck disable=SC2046
    fragment derive "$file" $(chosen "$file")
    fragment derive "$file"
    evaluated "$name-numbers" "$file"
    written handout "$name-sheet" "$file" --key
    written crosscheck "$name-ways" "$file"
    fragment evaluate "$file"
    fragment crosscheck "$file"
done

# Longer words, accents, and no hyphenation where its patterns are missing.
for language in de es fr; do
    for name in 1-1 2-2-2 lstm recurrent-tanh softmax; do
        file=$srcdir/examples/$name.net
        # shellcheck disable=SC2046
        document "$name-$language" --language=$language "$file" $(chosen "$file")
        # shellcheck disable=SC2046
        fragment derive --language=$language "$file" $(chosen "$file")
    done
    document "general-$language" --language=$language "$srcdir/examples/lstm.net"
    evaluated "numbers-$language" --language=$language 784-64-10:sigmoid
    expect 0 "$GRADTEX" handout --language=$language --key --random --exercises=8 -o "$work/sheet-$language.tex" 2-2-2-2
    compile "sheet-$language"
    is_clean "sheet-$language"
    expect 0 "$GRADTEX" derive --language=$language --format=beamer -o "$work/slides-$language.tex" 2-2-2-2 w11^1
    compile "slides-$language"
    is_clean "slides-$language"
done

written handout wide-sheet 784-64-10:sigmoid --key
written handout deep-sheet 3-4-4-2:sigmoid --key --random
evaluated wide-numbers 784-64-10:sigmoid
grep -q 'rows are left out' "$work/wide-numbers.tex" || fail 'left out without a word'
evaluated long-numbers --digits=60 "$srcdir/examples/mazur.net"
written crosscheck long-ways --digits=60 "$srcdir/examples/mazur.net"
written crosscheck ways-summary --summary 784-64-10:sigmoid
evaluated column-numbers --random=2 2-33-2:softmax

wide=50-50-50-50-50
wide=$wide-$wide-$wide-$wide
document wide $wide w_1,1^1 w_7,31^10
document wide-general $wide
document commas 3-12-11-2:bias w_11,2^1 w_2,11^3 b_12^1
document commas-general 3-12-11-2:bias
document outputs 2-3-40 w_1,1^1 w_40,1^2
document outputs-general 2-3-40
document deep 2-2-2-2-2-2-2-2-2-2 w11^1
document paths 3-3-3-3-3 w11^1 x1
document book --notation=post 2-3-3-2 w11^1 w11^3
document brief --detail=brief 3-4-4-2 w11^1
document normal --detail=normal 3-4-4-2 w11^1
document from-unit 3-4-4-2 h1^1
document to-unit --of=y1 3-4-4-2 w11^1
for form in sum factored paths index backprop; do
    document result-$form --result=$form 3-4-4-2 w11^1
    fragment derive --result=$form 3-4-4-2 w11^1
done
for form in sum factored; do
    document sixty-four-$form --result=$form 4-4-4-4-4 w11^1
    fragment derive --result=$form 4-4-4-4-4 w11^1
done

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
document decay "$work/decay.net" w11^1 w11^2 b1^1
document decay-general "$work/decay.net"

cat >"$work/tied.net" <<'END'
inputs  x 2
layer   h 3
layer   g 3 from h, x
layer   y 2 from g, h
weights w_{<to><from>} tied
biases  b tied
error   squares
END
document tied "$work/tied.net" w11 b x1
document tied-general "$work/tied.net"

cat >"$work/quotients.net" <<'END'
inputs     x 3
parameters \alpha \beta net
for i = 1..3: z_i = (\alpha x_i + \beta)^3 / (1 + (x_i)^2)
s     = \sum_{i=1}^3 z_i
y_1   = (z_1 + 2 z_2)^{-2} / (s / (net + 1/3))
y_2   = 5/7 z_3 net - s^2 - (s + (net - 1)^2)^2
outputs y
targets t
error   E = half-squares
END
document quotients "$work/quotients.net" alpha net x1
document quotients-general "$work/quotients.net"

i=0
seed=${GRADTEX_SEED:-1}
echo "GRADTEX_SEED=$seed"
while [ $i -lt "${GRADTEX_RUNS:-8}" ]; do
    "${builddir:-.}/tests/prop/print_spec" $((seed + i)) any >"$work/random.net"
    # Some are defined nowhere, and refused.
    if "$GRADTEX" derive "$work/random.net" x_1 -o "$work/seed-$((seed + i)).tex" 2>"$work/err"; then
        compile "seed-$((seed + i))"
        is_clean "seed-$((seed + i))"
    fi
    i=$((i + 1))
done

# Reports on derivations: what is typed in them, and their names, are shown and do not act.
for name in slip mistake; do
    expect 1 "$GRADTEX" verify --explain -o "$work/$name-report.tex" "$srcdir/examples/$name.tex"
    compile "$name-report"
    is_clean "$name-report"
done
long=$(printf '%060d' 0 | tr 0 z)
cat >"$work/50% & #1_\\input{x}.md" <<END
Let \$y = w x\$, \$z_{$long} = \\sigma(y)\$. % \\end{document}
\$\$\\frac{\\partial z_{$long}}{\\partial w} = \\sigma(y) x \\foo{#&~^}\$\$
\$\$\\frac{\\partial z_{$long}}{\\partial w} = \\sigma(y) x\$\$
END
expect 1 "$GRADTEX" verify --explain -o "$work/hostile-report.tex" "$work/50% & #1_\\input{x}.md"
compile hostile-report
is_clean hostile-report
expect 1 "$GRADTEX" verify --format=latex "$srcdir/examples/slip.tex"
cat "$work/out" >>"$work/fragments.tex"

printf '\\end{document}\n' >>"$work/fragments.tex"
compile fragments
echo "$compiled documents"
finish
