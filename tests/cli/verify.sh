#!/bin/sh
# verify: options, formats, what is written where, and statuses.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
cd "$work" || exit 1

# derivation LAST-SIDE: a network of one weight, and the derivative of its error.
derivation() {
    cat <<EOF
\\begin{align}
y &= w x \\\\
E &= \\frac{1}{2}(t-y)^2 \\\\
\\frac{\\partial E}{\\partial w} &= $1
\\end{align}
EOF
}
derivation '(y-t) x' >true.tex
derivation '(t-y) x' >false.tex
derivation '\unheardof x' >unread.tex
printf '\\def\\w{u}\n' | cat - true.tex >macro.tex
echo 'Prose alone.' >prose.md
printf 'parameters w\nconstant x, t\ny = w x\nerror E = 1/2 (t-y)^2\n' >my.net

# The worst document is the status: 4, 1, 3, 0.
expect 0 "$GRADTEX" verify true.tex
prints 'true.tex: 3 steps: 3 true or definitions'
is_silent
expect 1 "$GRADTEX" verify false.tex
prints 'false.tex:4:'
prints ': error: false: the two sides are not equal'
prints '    4 | \frac{\partial E}{\partial w}'
prints '^~~~~~~'
prints 'counterexample: at '
prints 'difference'
expect 3 "$GRADTEX" verify unread.tex
prints ': not read: '
prints '1 not read'
expect 4 "$GRADTEX" verify macro.tex
says 'macro.tex:1:1: error: '
expect 4 "$GRADTEX" verify prose.md
says 'prose.md:1:1: error: nothing to check'
expect 3 "$GRADTEX" verify true.tex unread.tex
expect 1 "$GRADTEX" verify unread.tex false.tex true.tex
prints '3 documents: 9 steps'
expect 4 "$GRADTEX" verify macro.tex false.tex unread.tex true.tex
says 'macro.tex:1:1: error: '
prints 'macro.tex: not judged'
prints 'false.tex:4:'
prints 'true.tex: 3 steps'
expect 5 "$GRADTEX" verify nothing.tex true.tex
says 'cannot open nothing.tex'
prints 'true.tex: 3 steps'
expect 0 "$GRADTEX" verify - <true.tex
prints '<stdin>: 3 steps'

# Pages: what is typed is shown as it is, and nothing of it acts.
for format in latex markdown html; do
    expect 4 "$GRADTEX" verify --format=$format true.tex false.tex macro.tex
    says 'macro.tex:1:1: error: '
    prints 'Line 4: false'
    prints 'This document was not judged.'
    prints 'put in'
    expect 1 "$GRADTEX" verify --format=$format --hint false.tex
    prints 'Line 4: false'
    if grep -q 'put in\|Repair' "$work/out"; then fail "a hint gives the repair away, as $format"; fi
done
expect 1 "$GRADTEX" verify --format=markdown false.tex
prints '# `false.tex`'
prints '| false | 1 |'
prints 'The right side is then `-(t-y) x`.'
expect 1 "$GRADTEX" verify --language=de -o false.md false.tex
grep -q '## Zeile 4: falsch' false.md || fail 'a page in another language'
expect 1 "$GRADTEX" verify --language=fr false.tex
prints 'les deux membres ne sont pas égaux'
prints 'insérer - (une erreur de signe): -(t-y) x'
prints '3 étapes: 2 définitions, 1 fausse'
expect 3 "$GRADTEX" verify --language=es unread.tex
prints 'no se admite en fórmulas'
expect 1 "$GRADTEX" verify --language=de --format=sarif false.tex
prints '"text": "false: the two sides are not equal'
expect 3 "$GRADTEX" verify --explain --format=markdown unread.tex
prints '## Line 2: defines'
prints 'is not read in formulas'
printf '$$y = \\foo{</script><b> `` ~~~}$$\n' >tags.md
expect 3 "$GRADTEX" verify --format=html --explain tags.md
if grep -q '<b>\|</script>' "$work/out"; then fail 'what was typed became a tag'; fi

# What a network assumes is granted, and counterexamples keep to it.
printf 'inputs x 2\nlayer y 2 softmax\ntargets t\nerror E = cross-entropy\nassume \\sum_k t_k = 1\n' >class.net
printf '$$ \\frac{\\partial E}{\\partial z_1^1} = y_1 - t_1 $$\n' >class.tex
expect 0 "$GRADTEX" verify --network class.net --explain class.tex
prints 'class.tex:1:40: true'
if grep -q ' if ' "$work/out"; then fail 'what the network assumes is a condition'; fi
printf '$$ \\frac{\\partial E}{\\partial z_1^1} = y_1 - t_2 $$\n' >class.tex
expect 1 "$GRADTEX" verify --network class.net class.tex
prints 't₂ = 1 and 0 for all other names'
prints 'put t_1 in place of t_2'

# Networks.
expect 0 "$GRADTEX" verify my.net true.tex
prints 'true.tex: 3 steps'
expect 1 "$GRADTEX" verify false.tex my.net
expect 0 "$GRADTEX" verify --network my.net true.tex
expect 0 "$GRADTEX" verify --network=3:my.net --network 1:my.net true.tex
expect 0 "$GRADTEX" verify --network - true.tex <my.net
expect 2 "$GRADTEX" verify my.net
says 'which document?'
expect 2 "$GRADTEX" verify
says 'which document?'
expect 2 "$GRADTEX" verify --network my.net my.net true.tex
says 'two networks are in force from line 1 on'
expect 2 "$GRADTEX" verify --network 2:my.net --network 2:my.net true.tex
says 'line 2'
for line in 0 4294967296 99999999999999999999999; do
    expect 2 "$GRADTEX" verify --network "$line:my.net" true.tex
    says 'is no line of a document'
done
expect 2 "$GRADTEX" verify --network= true.tex
says 'a name'
expect 2 "$GRADTEX" verify --network - - <true.tex
says 'standard input is read once'
expect 5 "$GRADTEX" verify --network nothing.net true.tex
says 'nothing.net'
echo 'layer' >wrong.net
expect 4 "$GRADTEX" verify wrong.net true.tex
says 'wrong.net:1'

# Repairs, hints and readings.
expect 1 "$GRADTEX" verify false.tex
prints 'repair: '
expect 1 "$GRADTEX" verify --hint false.tex
prints 'false.tex:4:'
! grep -e repair -e counterexample out || fail '--hint gives the repair away'
expect 1 "$GRADTEX" verify --hint --format=json false.tex
prints '"repair": null'
prints '"counterexample": null'
expect 0 "$GRADTEX" verify --explain true.tex
prints ': defines'
prints ': true'
prints 'read as: '

# Formats, by name and by suffix.
expect 1 "$GRADTEX" verify --format=json false.tex
cp out report
prints '"verdict": "refuted"'
prints '"line": 4,'
prints '"difference": '
prints '"refuted": 1,'
expect 1 "$GRADTEX" verify -o report.json false.tex
cmp -s report report.json || fail 'the suffix .json writes other JSON'
test ! -s out || fail 'a report in a file is printed, too'
expect 4 "$GRADTEX" verify --format=json macro.tex false.tex
prints '"read": false,'
prints '"verdict": "refuted"'
expect 1 "$GRADTEX" verify --format=sarif false.tex
prints '"version": "2.1.0"'
prints '"ruleId": "refuted"'
expect 1 "$GRADTEX" verify -o report.sarif false.tex
cmp -s out report.sarif && fail 'SARIF is printed, too'
expect 1 "$GRADTEX" verify --format=junit false.tex unread.tex
prints '<testsuites name="gradtex verify" tests="6" failures="1" errors="0" skipped="1">'
expect 1 "$GRADTEX" verify -o report.xml false.tex
expect 4 "$GRADTEX" verify --format=csv true.tex false.tex unread.tex macro.tex
tr -d '\r' <out >rows
cat >wanted <<'EOF'
file,steps,true,definitions,false,carried,undecided,not read,first false line,verdict
true.tex,3,1,2,0,0,0,0,,true
false.tex,3,0,2,1,0,0,0,4,false
unread.tex,3,0,2,0,0,0,1,,undecided
macro.tex,0,0,0,0,0,0,0,,not judged
EOF
diff -u wanted rows || fail 'the rows of CSV'
for format in beamer infix dot svg; do
    expect 2 "$GRADTEX" verify --format=$format true.tex
    says 'text, latex, markdown, json, html, pdf, sarif, junit, csv'
done
expect 2 "$GRADTEX" derive 2-2-2 w11^1 --format=csv
if command -v python3 >/dev/null; then
    expect 1 "$GRADTEX" verify --format=json false.tex
    python3 -c 'import json, sys; json.load(sys.stdin)' <out || fail 'this is no JSON'
    expect 1 "$GRADTEX" verify --format=junit false.tex
    python3 -c 'import sys, xml.dom.minidom as x; x.parse(sys.stdin)' <out || fail 'this is no XML'
fi

# Files: the output is no input, and a file that a spreadsheet or a terminal would act on.
expect 2 "$GRADTEX" verify -o true.tex --format=text true.tex
says 'is also the input'
expect 2 "$GRADTEX" verify -o my.net --format=text my.net true.tex
says 'is also the input'
strange="=cmd,$(printf '\033')[31m.tex"
cp true.tex "$strange"
expect 0 "$GRADTEX" verify --format=csv "$strange"
prints "\"'=cmd,"
expect 0 "$GRADTEX" verify "./$strange"
! grep "$(printf '\033')" out || fail 'a name reaches the terminal raw'

# Colours are for terminals, or those who ask.
expect 1 "$GRADTEX" verify false.tex
! grep "$(printf '\033')" out >/dev/null || fail 'a pipe gets colours'
expect 1 "$GRADTEX" verify --color=always false.tex
grep "$(printf '\033')" out >/dev/null || fail '--color=always has no colours'
expect 1 "$GRADTEX" verify --color=always --format=json false.tex
! grep "$(printf '\033')" out >/dev/null || fail 'JSON has colours'
expect 2 "$GRADTEX" verify --color=sometimes true.tex
says 'auto, always or never'
if script -qec true /dev/null >/dev/null 2>&1; then
    TERM=xterm script -qec "'$GRADTEX' verify false.tex" /dev/null >screen 2>&1
    grep "$(printf '\033')\[1" screen >/dev/null || fail 'a terminal gets no colours'
    NO_COLOR=1 TERM=xterm script -qec "'$GRADTEX' verify false.tex" /dev/null >screen 2>&1
    ! grep "$(printf '\033')\[1" screen >/dev/null || fail 'NO_COLOR is not heeded'
fi

# The document's own definitions are a network.
expect 0 "$GRADTEX" verify --emit-network true.tex
cp out own.net
expect 0 "$GRADTEX" derive own.net w
expect 0 "$GRADTEX" verify own.net true.tex
expect 0 "$GRADTEX" verify --emit-network -o other.net true.tex
cmp -s own.net other.net || fail '-o writes another network'
expect 2 "$GRADTEX" verify --emit-network true.tex false.tex
says 'one document'
expect 2 "$GRADTEX" verify --emit-network --network my.net true.tex
says 'leave the network out'
expect 2 "$GRADTEX" verify --emit-network --format=json true.tex
says 'leave --format out'
echo '$y = w x$' >no-error.md
expect 4 "$GRADTEX" verify --emit-network no-error.md

# What the document must end with.
expect 0 "$GRADTEX" verify --goal=w true.tex
sed '4d' true.tex >short.tex
status=0
"$GRADTEX" verify --goal=w short.tex >out 2>err || status=$?
test $status -ne 0 || fail 'a document that stops short of its goal passes'

# Standard output that cannot take the report.
if [ -w /dev/full ]; then
    status=0
    "$GRADTEX" verify true.tex >/dev/full 2>err || status=$?
    test $status -eq 5 || fail "a full disk has the status $status"
fi
finish
