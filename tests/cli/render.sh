#!/bin/sh
# KaTeX and MathJax render every formula of every example, in each flavour of Markdown.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
needs node
for package in katex mathjax; do
    test -d "$srcdir/tests/web/node_modules/$package" || skip "$package is not here; npm install in tests/web gets it"
done

# written FLAVOUR NAME ARGUMENTS...
written() {
    flavour=$1 file=$work/$1-$2.md
    shift 2
    expect 0 "$GRADTEX" "$@" --flavour="$flavour" -o "$file"
}

# rendered FLAVOUR
rendered() {
    node "$srcdir/tests/web/render.mjs" "$1" "$work/$1"-*.md || fail "$1"
}

printf 'title "<script>f(1)</script> | `x` $5$ \\\\(z\\\\) 50%% [x](javascript:y)"\n' >"$work/title.net"
printf 'inputs x 2\nlayer \\hat y 2 tanh\ntargets t\nerror J = half-squares\n' >>"$work/title.net"
for flavour in katex mathjax kramdown quarto github; do
    for network in "$srcdir"/examples/*.net "$work/title.net"; do
        name=$(basename "$network" .net)
        first=$("$GRADTEX" show --names "$network" | sed -n '/^[xt]/!{p;q;}')
        written $flavour "$name" derive "$network" "$first"
        written $flavour "$name-sheet" handout --random --key "$network"
    done
    rendered $flavour
done

# What cannot be rendered is found.
printf 'a $x$ and $\\eqref{x}$\n' >"$work/katex-bad.md"
expect 1 node "$srcdir/tests/web/render.mjs" katex "$work/katex-bad.md"
prints 'KaTeX: KaTeX parse error'
printf '$$\n\\begin{aligned}\na &= b \\tag{1}\n\\end{aligned}\n$$\n' >"$work/katex-bad.md"
expect 1 node "$srcdir/tests/web/render.mjs" katex "$work/katex-bad.md"
prints 'MathJax: \tag not allowed in aligned environment'
finish
