#!/bin/sh
# Law: what `derive --format=infix` prints is the derivative of E that PARI and Maxima, whichever are
# here, find by themselves. E is built from `show --dag` or, for plain layers, from their sizes alone.
# The symbol stays a variable, every other one is a random rational; the difference must be exactly 0.
# GRADTEX_SEED gives the seed of the first random network and of the values, GRADTEX_RUNS how many.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
: "${builddir:=.}"
seed=${GRADTEX_SEED:-$(date +%s)}
runs=${GRADTEX_RUNS:-40}
echo "GRADTEX_SEED=$seed GRADTEX_RUNS=$runs"

systems=
if command -v gp >/dev/null 2>&1; then systems=pari; fi
if command -v maxima >/dev/null 2>&1; then systems="$systems maxima"; fi
if [ -z "$systems" ]; then
    echo 'skipped: neither PARI (gp) nor Maxima is here'
    exit 77
fi

# Reads Graphviz of `show --dag`; prints one assignment a line, parts before wholes, names spelled as
# such a system takes them.
from_dag() {
    awk '
    BEGIN {
        split("₀ ₁ ₂ ₃ ₄ ₅ ₆ ₇ ₈ ₉", below, " ")
        split("⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹", above, " ")
        greek["α"] = "alpha"; greek["β"] = "beta"; greek["γ"] = "gamma"; greek["λ"] = "lambda"
        greek["π"] = "pi"; greek["ζ"] = "zeta"; greek["Γ"] = "Gamma"
        greek["ω"] = "omega"
        split("beta gamma lambda pi zeta Gamma omega I N O S C Q E net solve type", words, " ")
        for (i in words)
            reserved[words[i]] = 1
        sign["+"] = " + "; sign["×"] = "*"; sign["÷"] = "/"; sign["^"] = "^"
    }
    function one_script(text, mark) {
        while (match(text, mark "[0-9_]*" mark))
            text = substr(text, 1, RSTART + RLENGTH - 2) substr(text, RSTART + RLENGTH)
        return text
    }
    function identifier(text,    i) {
        for (i = 1; i <= 10; i++) {
            gsub(below[i], "<" i - 1, text)
            gsub(above[i], ">" i - 1, text)
        }
        gsub(/_\{/, "<", text)
        gsub(/\}/, "", text)
        gsub(/,/, "_", text)
        for (i in greek)
            gsub(i, greek[i], text)
        text = one_script(one_script(text, "<"), ">")
        sub(/</, "_", text)
        sub(/>/, "__", text)
        return text in reserved ? text "_" : text
    }
    # A symbol keeps its name, the other nodes have their numbers.
    function finish() {
        if (node == "")
            return
        if (label ~ /^-?[0-9]+(\/[0-9]+)?$/) {
            name[node] = "(" label ")"
        } else if (label in sign || label == "−") {
            name[node] = "part" node
            print name[node] " = " (label == "−" ? "-" : "") parts
        } else {
            name[node] = identifier(label)
            if (parts != "")
                print name[node] " = " parts
        }
    }
    /label=/ {
        finish()
        node = $1
        split($0, quoted, "\"")
        label = quoted[2]
        parts = ""
    }
    / -> / { parts = parts (parts == "" ? "" : sign[label]) name[$1] }
    END { finish() }'
}

# from_sizes 2-3-2: the assignments of a layered network with biases, without asking gradtex.
from_sizes() {
    echo "$1" | awk -F- '
    function unit(layer, j) {
        return layer == 1 ? "x_" j : layer == NF ? "y_" j : NF == 3 ? "h_" j : "h_" j "__" layer - 1
    }
    {
        for (layer = 2; layer <= NF; layer++)
            for (j = 1; j <= $layer; j++) {
                line = unit(layer, j) " = b_" j "__" layer - 1
                for (i = 1; i <= $(layer - 1); i++)
                    line = line " + w_" j i "__" layer - 1 "*" unit(layer - 1, i)
                print line
            }
        line = "E_ = 0"
        for (j = 1; j <= $NF; j++)
            line = line " + (t_" j " - y_" j ")^2/2"
        print line
    }'
}

# leaves ASSIGNMENTS: the names that nothing is assigned to.
leaves() {
    awk '{
        defined[$1] = 1
        sub(/^[^=]*= /, "")
        gsub(/[-+*\/^()]/, " ")
        count = split($0, words, " ")
        for (i = 1; i <= count; i++)
            if (words[i] !~ /^[0-9]/ && !seen[words[i]]++)
                order[++n] = words[i]
    }
    END { for (i = 1; i <= n; i++) if (!(order[i] in defined)) print order[i] }' "$1"
}

# write_check LABEL SYMBOL RESULT: appends the question to $work/pari and $work/maxima.
write_check() {
    asked=$((asked + 1))
    {
        while read -r leaf; do
            if [ "$leaf" = "$2" ]; then echo "variable $leaf"; else echo "value $leaf"; fi
        done <"$work/leaves"
        sed 's/^/assign /' "$work/assignments"
        echo "check $1 $2 $3"
    } | awk -v seed="$seed$asked" -v pari="$work/pari" -v maxima="$work/maxima" '
    BEGIN { srand(seed) }
    $1 == "variable" { print $2 " = \047" $2 ";" >>pari; print "kill(" $2 ")$" >>maxima }
    $1 == "value" {
        value = (rand() < .5 ? "-" : "") 1000 + int(9000 * rand()) "/" 11 + int(80 * rand())
        print $2 " = " value ";" >>pari
        print $2 ": " value "$" >>maxima
    }
    $1 == "assign" {
        goal = $2
        sub(/^assign [^ ]* = /, "")
        print goal " = " $0 ";" >>pari
        print goal ": ratsimp(" $0 ")$" >>maxima
    }
    $1 == "check" {
        label = $2 " " $3
        symbol = $3
        sub(/^check [^ ]* [^ ]* /, "")
        print "if(deriv(" goal ", \047" symbol ") - (" $0 ") == 0, print(\"equal\"), print(\"differs: " label "\"));" >>pari
        print "if is(ratsimp(diff(" goal ", " symbol ") - (" $0 ")) = 0) then print(\"equal\") else print(\"differs: " label "\")$" >>maxima
    }'
}

# ask LABEL NETWORK: by at most five of the leaves; 1 if gradtex refuses.
ask() {
    leaves "$work/assignments" >"$work/leaves"
    awk -v seed="$seed$asked" 'BEGIN { srand(seed) } { print rand() " " $0 }' "$work/leaves" |
        sort | sed 's/^[^ ]* //; 5q' >"$work/chosen"
    test -s "$work/chosen" || return 0
    # shellcheck disable=SC2046
    "$GRADTEX" derive --format=infix --max-terms=100000 "$2" $(sed 's/_$//' "$work/chosen") >"$work/results" 2>"$work/err" ||
        return 1
    paste -d ' ' "$work/chosen" "$work/results" >"$work/pairs"
    while read -r symbol result; do
        write_check "$1" "$symbol" "$result"
    done <"$work/pairs"
}

ask_dag() {
    "$GRADTEX" show --dag --format=dot "$2" 2>"$work/err" | from_dag >"$work/assignments"
    ask "$1" "$2"
}

asked=0
refused=0
# Labels would keep every answer, and a thousand of them take minutes.
echo 'nolabels: true$' >"$work/maxima"
# Where there are functions the difference is not found to be 0 by ratsimp alone.
functions='sigmoid|\\sigma|tanh|relu|softplus|softmax|exp|e\^|entropy|sqrt|ln|max|function'
for file in "$srcdir"/examples/*.net; do
    grep -E -q "$functions" "$file" && continue
    ask_dag "${file##*/}" "$file" || fail "no derivation of $file"
done

for sizes in 1-1 2-3-2 3-2-4-2 2-2-2-2-2; do
    from_sizes $sizes >"$work/assignments"
    ask $sizes:bias $sizes:bias || fail "no derivation of $sizes:bias"
done

# Names that a computer algebra system reserves.
cat >"$work/names.net" <<'END'
inputs x 2
parameters \lambda \pi \omega I N O S C \gamma \beta \zeta net solve type
Q   = \lambda x_1 + \pi I x_2 + N
y_1 = Q O / S + C \gamma + net \omega
y_2 = Q + \beta \zeta + solve type
outputs y
targets t
error E = half-squares
END
for _ in 1 2 3 4; do
    ask_dag names "$work/names.net" || fail 'no derivation of names that are reserved'
done

i=0
while [ $i -lt "$runs" ]; do
    "$builddir/tests/prop/print_spec" $((seed + i)) rational >"$work/random.net"
    ask_dag "seed-$((seed + i))" "$work/random.net" || {
        refused=$((refused + 1))
        grep -q -e 'is defined nowhere' -e 'defined anywhere' "$work/err" || fail "seed $((seed + i)): $(cat "$work/err")"
    }
    i=$((i + 1))
done

for system in $systems; do
    case $system in
    pari) timeout 300 gp -q -s 256M --default "colors=no" <"$work/pari" >"$work/answers" 2>&1 ;;
    maxima) timeout 300 maxima --very-quiet <"$work/maxima" >"$work/answers" 2>&1 ;;
    esac
    equal=$(grep -c '^ *equal *$' "$work/answers")
    echo "$system: $equal of $asked derivatives are equal; $refused networks refused"
    test "$equal" -eq "$asked" || {
        fail "$system does not agree"
        grep -v '^ *equal *$' "$work/answers" | head -n 20
    }
done
test "$asked" -ge 30 || fail 'too few derivatives were compared'
finish
