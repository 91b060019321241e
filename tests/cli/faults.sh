#!/bin/sh
# verify: documents that mean no good, or could be taken for others.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
srcdir=$(cd "$srcdir" && pwd)
cd "$work" || exit 1
cp "$srcdir/examples/slip.tex" .
escape=$(printf '\033')

# doc FORMAT: the document a.md.
doc() {
    # shellcheck disable=SC2059
    printf "$@" >a.md
}

# tex FORMAT: the document a.tex.
tex() {
    # shellcheck disable=SC2059
    printf "$@" >a.tex
}

# judged STATUS TEXT [ARGUMENT...]: a.md is judged so, and the report holds the text.
judged() {
    wanted=$1 text=$2
    shift 2
    expect "$wanted" "$GRADTEX" verify "$@" a.md
    prints "$text"
}

# refused FILE PLACE TEXT: it cannot be judged.
refused() {
    expect 4 "$GRADTEX" verify "$1"
    says "$1:$2: error: "
    says "$3"
    prints "$1: not judged"
}

# lacks TEXT: the output does not hold it.
lacks() {
    if grep -qF -- "$1" out; then fail "the output holds: $1"; fi
}

# python FILE PROGRAM: where there is one.
python() {
    command -v python3 >/dev/null || return 0
    python3 -c "$2" "$1" || fail "$1 is not as it should be"
}

true_network='y = w x$, $E = \\frac12 (y-t)^2$.'
true_line='\\frac{\\partial E}{\\partial w} = (y-t) x'
false_line='\\frac{\\partial E}{\\partial w} = (t-y) x'
doc "Let \$$true_network Then \$\$$true_line\$\$\n"
cp a.md right.md
# shellcheck disable=SC2016
printf '$$ y = x\n' >open.md

# --- hostile names and contents ---

# harmless: neither the output nor the messages hold control characters.
harmless() {
    if LC_ALL=C tr -d '\n\r' <out | LC_ALL=C grep -q '[[:cntrl:]]'; then fail "$1: control characters in the output"; fi
    if LC_ALL=C tr -d '\n' <err | LC_ALL=C grep -q '[[:cntrl:]]'; then fail "$1: control characters in the messages"; fi
}
hostile="=x$escape[31m
\"<&>,'.tex"
cp slip.tex "./$hostile"
cp open.md "./=x$escape[2J.md"
for format in text latex markdown html json sarif junit csv; do
    expect 1 "$GRADTEX" verify --format=$format -- "$hostile"
    harmless "a name as $format"
    cp out "hostile.$format"
    expect 4 "$GRADTEX" verify --format=$format "=x$escape[2J.md"
    harmless "a name in messages as $format"
    expect 5 "$GRADTEX" verify --format=$format "no$escape[2J.md"
    harmless "a name that is not there as $format"
done
python hostile.json 'import json, sys
assert "\033" in json.load(open(sys.argv[1], encoding="utf-8"))["steps"][0]["file"]'
python hostile.junit 'import sys, xml.etree.ElementTree as xml
assert xml.parse(sys.argv[1]).getroot()[0].get("name").endswith(".tex")'
python hostile.sarif 'import json, sys
run = json.load(open(sys.argv[1], encoding="utf-8"))["runs"][0]
uri = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
assert uri.isascii() and not set(uri) & set(" \"<>=\n"), uri'
# A spreadsheet takes no name for a formula.
for first in = + - @; do
    cp right.md "./${first}cmd.md"
    expect 0 "$GRADTEX" verify --format=csv -- "${first}cmd.md"
    prints "'${first}cmd.md,3,"
done
# A name that is not UTF-8.
latin=$(printf 'caf\351.md')
if cp right.md "./$latin" 2>/dev/null; then
    for format in text latex markdown html json sarif junit csv; do
        expect 0 "$GRADTEX" verify --format=$format "$latin"
        cp out "latin.$format"
    done
    python latin.junit 'import sys, xml.etree.ElementTree as xml; xml.parse(sys.argv[1])'
    python latin.json 'import json, sys; json.load(open(sys.argv[1], encoding="utf-8"))'
fi

# Escapes in prose and in comments are of no matter, but are not repeated raw; in formulas they
# are refused, as is all that a reader cannot see: zero width, turned round, a second byte order mark.
doc "\033[2J Let \$$true_network \033]0;title\007 \$\$$false_line\$\$\n"
judged 1 'false'
harmless 'escapes in prose'
for bytes in '\033[31m' '\302\233' '\007' '\342\200\213' '\342\200\256' '\342\201\246' '\357\273\277'; do
    doc "Let \$y = w ${bytes}x\$.\n"
    refused a.md 1:12 'invisible'
    harmless 'an escape in a formula'
done
doc '\357\273\277\357\273\277$y = w x$\n'
refused a.md 1:1 'invisible'
# What XML has no place for.
doc 'Let $y = w x$ and $\\text{\357\277\276} = x$.\n'
"$GRADTEX" verify --format=junit a.md >out
python out 'import sys, xml.etree.ElementTree as xml; xml.parse(sys.argv[1])'
doc 'Let $y < w, y = \\text{]]> & "x"} x$.\n'
"$GRADTEX" verify --format=junit a.md >out
python out 'import sys, xml.etree.ElementTree as xml; xml.parse(sys.argv[1])'

# --- encodings and line ends ---

doc "Let \$$true_network\r\n\r\n\$\$\r\n$false_line\r\n\$\$\r\n"
judged 1 'a.md:4:33: error: false'
doc "Let \$$true_network\r\r\$\$\r$false_line\r\$\$\r"
judged 1 'a.md:4:33: error: false'
doc "\357\273\277Let \$$true_network \$\$$false_line\$\$"
judged 1 'a.md:1:73: error: false'
doc '\377\376$\000y\000=\0001\000'
refused a.md 1:1 'UTF-16'
doc '$\000y\000=\0001\000'
refused a.md 1:1 'UTF-16'
doc 'Let\n$y = \000 x$\n'
refused a.md 2:6 'NUL'
doc 'Let $y = \300\257 x$\n'
refused a.md 1:10 'not UTF-8'

# --- what could make a reader see another formula ---

# A document without maths, or with all of it in comments and code, is said to have none.
tex '%% $y = w x$\n\\begin{verbatim}$y = x$\\end{verbatim}\n'
expect 4 "$GRADTEX" verify a.tex
says 'nothing to check'
doc '<!-- $y = w x$ -->\n```\n$y = x$\n```\n`$y = x$`\n'
refused a.md 1:1 'nothing to check'
# A longer fence is not closed by a shorter one, nor by one with a word.
doc '````\n```\n$y = x$\n```\n````\n'
refused a.md 1:1 'nothing to check'
doc '```\n```math\ny = x\n```\n'
refused a.md 1:1 'nothing to check'
# Macros, hidden text, white ink, at their column.
for word in '\\def\\w' '\\renewcommand{\\w}' '\\newcommand{\\w}' '\\let\\w' '\\catcode' '\\input{x}' \
    '\\iffalse' '\\color{white}' '\\textcolor{white!99!red}' '\\color[rgb]{1,1,1}' '\\phantom{= 2}' '\\phantom{2}'; do
    doc "Let \$y = w x\$, \$z = $word w x\$.\n"
    refused a.md 1:21 'could make a reader see another formula'
done
tex 'A\n\\iffalse\n$y = w x$\n\\fi\n'
refused a.tex 2:1 '\iffalse'
# What the preamble defines is no concern until a formula uses it: then it is not read.
tex '\\newcommand{\\w}{w x}\n$y = \\w$\n'
expect 3 "$GRADTEX" verify a.tex
prints 'a.tex:2:6: not read'
# Brackets and delimiters that are never closed: at the opener.
doc 'Let $y = \\frac{w}{x$.\n'
refused a.md 1:18 'this { is never closed'
doc 'Let $y = w} x$.\n'
refused a.md 1:11 'this } closes nothing'
doc 'Let $$y = \\left(w x$$\n'
refused a.md 1:11 'this \left is never closed'
doc 'Let $$y = {\\left(w} x\\right)$$\n'
refused a.md 1:12 'this \left is never closed'
doc 'Let $$y = w x\n'
refused a.md 1:5 'is never closed'
tex 'Let $y = w x\n'
refused a.tex 1:5 'is never closed'
tex '\\[ y = w x\n'
refused a.tex 1:1 'is never closed'
tex 'A\n\\begin{align}\ny = x\n'
refused a.tex 2:1 'is never closed'
doc 'Let $y = \\left( w x \\right)$, a \\{ brace \\}, and $n \\in \\{1, 2\\}$.\n'
judged 0 '1 step'

# repeat COUNT TEXT: prints it so often.
repeat() {
    awk -v count="$1" -v text="$2" 'BEGIN { while (count-- > 0) printf "%s", text }'
}
# Nested deeper than anything is read.
for word in '{' '\\frac{' 'x^{' '\\left('; do
    { printf '$$ y = ' && repeat 100000 "$word" && echo 'x$$'; } >a.md
    expect 4 "$GRADTEX" verify a.md
    says 'nested deeper than 10,000'
done
{ printf '$$ y = ' && repeat 100000 '{' && printf x && repeat 100000 '}' && echo '$$'; } >a.md
expect 4 "$GRADTEX" verify a.md

# --- what could be passed over ---

# An equation within a box, brackets, a system or a table is one, and so is one with a remark at
# its sign; what is not read is said.
for line in "{$false_line}" "\\\\boxed{$false_line}" "\\\\textcolor{red}{$false_line}" "($false_line)." \
    "\\\\left\\\\{\\\\begin{array}{l}$false_line\\\\end{array}\\\\right." "\\\\text{so } \\\\boxed{$false_line}"; do
    doc "Let \$$true_network \$\$$line\$\$\n"
    judged 1 'false: the two sides are not equal'
done
for sign in '\\stackrel{(1)}{=}' '\\overset{(2)}{=}' '\\underset{b}{=}' '{=}' '\\mathrel{=}' '≡' '\\doteq'; do
    doc "Let \$$true_network \$\$\\\\frac{\\\\partial E}{\\\\partial w} $sign (t-y) x\$\$\n"
    judged 1 'false: the two sides are not equal'
done
for begin in 'array}{rcl' 'IEEEeqnarray}{rCl' 'alignat}{2'; do
    for line in "1 $false_line" "0 $true_line"; do
        doc "Let \$$true_network \$\$\\\\begin{$begin} ${line#??} \\\\end{${begin%\}*}}\$\$\n"
        judged "${line%% *}" '3 steps'
    done
done
for line in "\\\\mathbf{$false_line}" "\\\\frac{dE}{dw} \\\\hat{=} x" "\\\\fbox{\$$false_line\$}" \
    'y = \\begin{pmatrix} w & x \\end{pmatrix}' 'y = \\left(\\begin{array}{cc} w & x \\end{array}\\right)'; do
    doc "Let \$$true_network \$\$$line\$\$\n"
    judged 3 '1 not read'
done
# None of these claims anything.
for line in '\\sum_{k=1}^n k' '\\{ x = 1 \\}' '\\underset{x=1}{\\max} y' 'E \\stackrel{!}{=} 0' '(k = 1, \\ldots, n)' \
    'y \\text{ where n = 3}'; do
    doc "Let \$$true_network \$\$$line\$\$\n"
    judged 0 '2 steps'
done
# A display that begins with a sign continues the one before, though that has no equation.
doc "Let \$$true_network \$\$\\\\frac{\\\\partial E}{\\\\partial w}\$\$ which is \$\$= (y-t) x.\$\$\n"
judged 0 '3 steps'

# --- what is no proof ---

# A chain that proves something else, or stops before the goal.
doc '$0 = 0$\n'
expect 1 "$GRADTEX" verify --goal=w a.md
prints 'does not end with'
# Equal modulo a prime, and almost equal.
doc 'Let $y = w$, $E = y x^7$. $$\\frac{dE}{dy} = x$$\n'
judged 1 'false'
doc 'Let $E = 2305843009213693951 w x$. $$\\frac{dE}{dw} = 0$$\n'
judged 1 'false'
zeros=$(repeat 399 0)
doc "Let \$E = w x\$. \$\$\\\\frac{dE}{dw} = x + 0.${zeros}1\$\$\n"
judged 1 'false'
# Division by what may be zero, and by what is.
doc 'Let $E = w x$. $$\\frac{dE}{dw} = \\frac{x^2}{x}$$\n'
judged 0 'true' --explain
doc 'Let $E = w x$. $$\\frac{x}{x} = 1$$\n'
judged 0 'true if x \neq 0'
doc 'Let $E = w x$. $$x_1^{-1} x_1 = 1$$\n'
judged 0 'true if x_1 \neq 0'
doc 'Let $E = w x$, $s = \\sigma(x)$. $$\\frac{w s}{s} = w$$ $$\\frac{x}{w x} \\cdot \\frac{1}{x} = \\frac{1}{w x}$$\n'
judged 0 '4 steps: 4 true'
lacks ' if '
doc 'Let $E = w x$. $$\\frac{dE}{dw} \\cdot \\frac{0}{0} = 1$$\n'
judged 1 'a side is defined nowhere'
doc 'Let $E = w x$. $$\\frac{1}{x-x} = \\frac{1}{x-x}$$\n'
judged 1 'a side is defined nowhere'
# Identities between functions are never refuted.
for line in '\\sin^2 w + \\cos^2 w = 1' 'e^{2w} = (e^w)^2' '\\tanh w = 2\\sigma(2w) - 1'; do
    doc "Let \$E = w x\$. \$\$$line\$\$\n"
    "$GRADTEX" verify a.md >out || true
    lacks ' false'
done
# A function is not named by what holds of it, nor e^x, nor an operator.
for line in "\\\\sigma'(z) = \\\\sigma(z)" '\\tanh z = z' 'e^x = x' 'a/b = ab'; do
    doc "Let \$E = w x + a + b\$. \$\$$line\$\$\n"
    judged 1 'false: the two sides are not equal'
done
# Nor are these taken for what they are not.
for line in '\\frac{\\partial^2 E}{\\partial w^2} = x' '\\frac{\\partial E}{\\partial w}|_{x=0} = 0' '\\nabla E = x' \
    '\\sum_{k=1}^n k = 6' '\\sum_{k=1}^n x = 3 x'; do
    doc "Let \$E = w x\$. \$\$$line\$\$\n"
    judged 3 'not read'
done
doc 'Let $m = \\frac1n \\sum_{i=1}^n x_i$. $$\\sum_{i=1}^n (x_i - m) = 0$$\n'
judged 3 'true where n is 3'
doc 'Let $E = w x^2$. $$\\frac{dE}{dx} = 2 w x^{1}$$\n'
judged 0 '2 steps'
# The derivative at a kink.
doc 'Let $E = \\max(0, w)$. $$\\frac{dE}{dw} = \\mathbb{1}[w > 0]$$\n'
expect 0 "$GRADTEX" verify a.md
# Prose and dots without a pattern prove nothing.
doc 'Let $E = w x$. $$\\frac{dE}{dw} = \\text{(by symmetry) } \\cdots$$\n'
expect 3 "$GRADTEX" verify a.md
doc 'Let $E = w x$. $$\\frac{dE}{dw} = x + \\ldots$$\n'
expect 3 "$GRADTEX" verify a.md

# --- size ---

# quickly STATUS FILE
quickly() {
    expect "$1" timeout 60 "$GRADTEX" verify "$2"
}
repeat 50000 '$ ' >a.md && quickly 4 a.md
repeat 400000 '$' >a.md && quickly 4 a.md
{ repeat 1000000 ' ' && echo '$y = x$'; } >a.md && quickly 0 a.md
repeat 40000 '$a=b$ ' >a.md && quickly 0 a.md
{ printf '$$ y = x' && repeat 100000 ', ' && echo '$$'; } >a.md && quickly 0 a.md
repeat 50001 '$a' >a.tex && quickly 4 a.tex
repeat 50000 '\\begin{align' >a.tex && quickly 4 a.tex
repeat 50000 '\\begin{x}' >a.tex && quickly 4 a.tex
{ printf '$$ y = x ' && repeat 100000 '\\\\\\\\ ' && echo '$$'; } >a.md && quickly 0 a.md
{ printf '$$ y = x ' && repeat 100000 '& ' && echo '$$'; } >a.md && quickly 0 a.md
{ printf '$$ y = x ' && repeat 50000 '\\label{a}' && echo '$$'; } >a.md && quickly 0 a.md
repeat 10000000 x >a.md && quickly 4 a.md
{ printf '\\begin{align} y &= w x \\\\\n' && repeat 100000 '&= w x \\\\\\\\\n' && printf '%s\n' '\end{align}'; } >a.tex
quickly 0 a.tex
prints '100001 steps'
finish
