#!/bin/sh
# Law: what `derive --format=infix` prints is the derivative of E that PARI and Maxima, whichever are
# here, find by themselves. E is built from `show --dag` or, for plain layers, from their sizes alone.
# Every symbol but the one is a random rational. Without functions the difference must be exactly 0; with
# functions PARI takes the coefficient of a power series and Maxima a difference quotient, both with 150
# digits, and 20 of them must agree. Arbitrary functions are polynomials there.
# GRADTEX_SEED gives the seed of the first random network and of the values, GRADTEX_RUNS how many.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
: "${builddir:=.}"
seed=${GRADTEX_SEED:-1}
runs=${GRADTEX_RUNS:-25}
echo "GRADTEX_SEED=$seed GRADTEX_RUNS=$runs"

systems=
if command -v gp >/dev/null 2>&1; then systems=pari; fi
if command -v maxima >/dev/null 2>&1; then systems="$systems maxima"; fi
if [ -z "$systems" ]; then
    echo 'skipped: neither PARI (gp) nor Maxima is here'
    exit 77
fi

# spell: awk that makes of a name in Unicode what such systems take.
spell='
    BEGIN {
        plain = "0 1 2 3 4 5 6 7 8 9 + - = ( ) a b c d e f g h i j k l m n o p r s t u v w x y z L N T"
        below = "₀ ₁ ₂ ₃ ₄ ₅ ₆ ₇ ₈ ₉ ₊ ₋ ₌ ₍ ₎ ₐ . . . ₑ . . ₕ ᵢ ⱼ ₖ ₗ ₘ ₙ ₒ ₚ ᵣ ₛ ₜ ᵤ ᵥ . ₓ . . . . ."
        above = "⁰ ¹ ² ³ ⁴ ⁵ ⁶ ⁷ ⁸ ⁹ ⁺ ⁻ ⁼ ⁽ ⁾ ᵃ ᵇ ᶜ ᵈ ᵉ ᶠ ᵍ ʰ ⁱ ʲ ᵏ ˡ ᵐ ⁿ ᵒ ᵖ ʳ ˢ ᵗ ᵘ ᵛ ʷ ˣ ʸ ᶻ ᴸ ᴺ ᵀ"
        scripts = split(plain, script, " ")
        split(below, low, " ")
        split(above, high, " ")
        letters = "α alpha β beta γ gamma δ delta ϵ epsilon ε varepsilon ζ zeta η eta θ theta ϑ vartheta"
        letters = letters " ι iota κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho ϱ varrho σ sigma ς varsigma"
        letters = letters " τ tau υ upsilon ϕ phi φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta"
        letters = letters " Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega ℓ ell"
        greeks = split(letters, greek, " ")
        split("E I N O Q S C pi Pi beta Beta gamma Gamma psi zeta Zeta lambda Lambda eta theta sigma", words, " ")
        for (i in words)
            reserved[words[i]] = 1
        split("omega chi delta Delta", words, " ")
        for (i in words)
            reserved[words[i]] = 1
    }
    function identifier(text,    i, head, sub_run, sup_run, at, is_word) {
        is_word = text ~ /^[A-Za-z][A-Za-z]+$/
        for (i = 1; i <= scripts; i++) {
            if (low[i] != ".")
                gsub(low[i], "<" script[i], text)
            gsub(high[i], ">" script[i], text)
        }
        gsub(/_\{/, "<", text)
        gsub(/\^\{/, ">", text)
        gsub(/\}/, "", text)
        for (i = 1; i < greeks; i += 2)
            gsub(greek[i], greek[i + 1], text)
        gsub(/′/, "_prime", text)
        at = match(text, /[<>]/)
        head = at ? substr(text, 1, at - 1) : text
        text = at ? substr(text, at) : ""
        at = index(text, ">")
        sub_run = at ? substr(text, 1, at - 1) : text
        sup_run = at ? substr(text, at) : ""
        gsub(/</, "", sub_run)
        gsub(/>/, "", sup_run)
        if (sub_run != "")
            head = head "_" words_of(sub_run)
        if (sup_run != "")
            head = head "__" words_of(sup_run)
        return head in reserved || is_word ? head "_" : head
    }
    function words_of(text) {
        gsub(/[^A-Za-z0-9]+/, "_", text)
        gsub(/^_|_$/, "", text)
        return text
    }'

# Reads Graphviz of `show --dag`; prints one assignment a line, parts before wholes, names spelled as
# such a system takes them, functions behind `fn_`.
from_dag() {
    awk "$spell"'
    BEGIN { sign["+"] = " + "; sign["×"] = "*"; sign["÷"] = "/"; sign["^"] = "^" }
    # A symbol keeps its name, the other nodes have their numbers.
    function finish() {
        if (node == "")
            return
        if (label ~ /^-?[0-9]+(\/[0-9]+)?$/) {
            name[node] = "(" label ")"
        } else if (label ~ /\(\)$/) {
            name[node] = "part" node
            sub(/\(\)$/, "", label)
            label = identifier(label)
            sub(/_$/, "", label)
            print name[node] " = fn_" label "(" parts ")"
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
    / -> / { parts = parts (parts == "" ? "" : label ~ /\(\)$/ ? ", " : sign[label]) name[$1] }
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
        gsub(/fn_[A-Za-z_0-9]*\(|[-+*\/^(),]/, " ")
        count = split($0, words, " ")
        for (i = 1; i <= count; i++)
            if (words[i] !~ /^[0-9]/ && !seen[words[i]]++)
                order[++n] = words[i]
    }
    END { for (i = 1; i <= n; i++) if (!(order[i] in defined)) print order[i] }' "$1"
}

# What functions mean to each system. PARI's numbers are power series in gtX, whose constant part decides
# at a bend; Maxima's are bigfloats.
begin_pari() {
    cat <<'END'
default(realprecision, 150);
fn_low(z) = real(polcoef(z, 0));
fn_relu(z) = if(fn_low(z) > 0, z, 0*z);
fn_leaky(a, z) = if(fn_low(z) > 0, z, a*z);
fn_abs(z) = if(fn_low(z) > 0, z, -z);
fn_sgn(z) = if(fn_low(z) > 0, 1, -1);
fn_max(a, b) = if(fn_low(a - b) > 0, a, b);
END
    common_functions | sed 's/$/;/'
}

begin_maxima() {
    # Labels would keep every answer, and a thousand of them take minutes.
    cat <<'END'
nolabels: true$
ratprint: false$
fpprec: 150$
fn_relu(z) := if realpart(z) > 0 then z else 0*z$
fn_leaky(a, z) := if realpart(z) > 0 then z else a*z$
fn_abs(z) := if realpart(z) > 0 then z else -z$
fn_sgn(z) := if realpart(z) > 0 then 1 else -1$
fn_max(a, b) := if realpart(a - b) > 0 then a else b$
END
    common_functions | sed 's/ = / := /; s/$/$/'
}

common_functions() {
    cat <<'END'
fn_exp(z) = exp(z)
fn_ln(z) = log(z)
fn_log(z) = log(z)
fn_sqrt(z) = sqrt(z)
fn_tanh(z) = tanh(z)
fn_sigma(z) = 1/(1 + exp(-z))
fn_softplus(z) = log(1 + exp(z))
fn_sign(z) = fn_sgn(z)
END
}

# declared NETWORK: what its own functions mean, from `show`; arbitrary ones are made up.
declared() {
    "$GRADTEX" show "$1" 2>/dev/null | sed 's/^ *//; /^$/q' | awk "$spell"'
    function meaning(word) {
        if (match(word, /\(.*\)/))
            return "fn_leaky(" substr(word, RSTART + 1, RLENGTH - 2) ", z)"
        return word == "leaky-relu" ? "fn_leaky(1/100, z)" : "fn_" (word == "sigmoid" ? "sigma" : word) "(z)"
    }
    # A derivative that stands in E itself.
    function difference(name) {
        print "fn_" name "_prime(z) = (fn_" name "(z + 10^-50) - fn_" name "(z - 10^-50))/(2*10^-50)"
    }
    $1 == "layer" && match($0, /leaky-relu[^ ]*/) { print "fn_lrelu(z) = " meaning(substr($0, RSTART, RLENGTH)) }
    $1 != "function" { next }
    {
        sub(/^function */, "")
        name = $0
        sub(/[ (].*/, "", name)
        gsub(/\\/, "", name)
    }
    / = / { difference(name) }
    / = / && !/^[^=]*\(/ { print "fn_" name "(z) = " meaning($3); next }
    / = / {
        gsub(/e\^\{/, "exp{")
        gsub(/\{/, "(")
        gsub(/\}/, ")")
        sub(/^[^(]*/, "fn_" name)
        print
        next
    }
    {
        print "fn_" name "(z) = z^2/(1 + z^2) + z/" ++letters + 2
        print "fn_" name "_prime(z) = 2*z/(1 + z^2)^2 + 1/" letters + 2
        print "fn_" name "_prime_prime(z) = (2 - 6*z^2)/(1 + z^2)^3"
    }'
}

define() {
    declared "$1" >"$work/declared"
    sed 's/$/;/' "$work/declared" >>"$work/pari"
    sed 's/ = / := /; s/$/$/' "$work/declared" >>"$work/maxima"
}

# write_check LABEL SYMBOL RESULT: appends the question to $work/pari and $work/maxima.
write_check() {
    asked=$((asked + 1))
    {
        cat "$work/assignments"
        echo "$1 $2 $3" | sed 's/_(/(/g; s/\([A-Za-z_][A-Za-z_0-9]*\)(/fn_\1(/g'
    } | awk -v seed="$seed$asked" -v symbol="$2" -v leaves="$work/leaves" -v pari="$work/pari" -v maxima="$work/maxima" '
    function random_value() {
        if (exact)
            return (rand() < .5 ? "-" : "") 1000 + int(9000 * rand()) "/" 11 + int(80 * rand())
        return (!positive && rand() < .5 ? "-" : "") 1 + int(19 * rand()) "/" 10 + int(3 * rand())
    }
    function assign_pari(    i) {
        for (i = 1; i < NR; i++)
            print goals[i] " = " rights[i] ";" >>pari
    }
    function write_exactly(    i) {
        print symbol " = \047" symbol ";" >>pari
        assign_pari()
        print "if(deriv(" goal ", \047" symbol ") - (" result ") == 0, " verdict ");" >>pari
        print "kill(" symbol ")$" >>maxima
        for (i = 1; i < NR; i++)
            print goals[i] ": ratsimp(" rights[i] ")$" >>maxima
        print "if is(ratsimp(diff(" goal ", " symbol ") - (" result ")) = 0) then " maxima_verdict "$" >>maxima
    }
    function write_numerically(    i, near, at) {
        near = "abs(gtD - gtR) <= 10^-20*abs(gtD) + 10^-60"
        print symbol " = " value[symbol] " + gtX + O(gtX^2);" >>pari
        assign_pari()
        print "gtD = polcoef(" goal ", 1); gtR = polcoef(" result ", 0);" >>pari
        print "if(" near ", " verdict ");" >>pari
        at = symbol ": bfloat(" value[symbol] ")"
        printf "gtE() := (" >>maxima
        for (i = 1; i < NR; i++)
            print goals[i] ": " rights[i] (i < NR - 1 ? "," : ")$") >>maxima
        print at " + 1b-50$ gtD: gtE()$ " at " - 1b-50$ gtD: rectform((gtD - gtE())/2b-50)$" >>maxima
        print at "$ gtE()$ gtR: rectform(bfloat(" result "))$" >>maxima
        print "if is(" near ") then " maxima_verdict "$" >>maxima
    }
    {
        goals[NR] = $1
        rights[NR] = $0
        sub(/^[^ ]* = /, "", rights[NR])
        exact_fails += / fn_/
        positive += /fn_sqrt\(/
    }
    END {
        srand(seed)
        exact = !exact_fails
        goal = goals[NR - 1]
        label = $1 " " $2
        result = $0
        sub(/^[^ ]* [^ ]* /, "", result)
        verdict = "print(\"equal\"), print(\"differs: " label "\")"
        maxima_verdict = "print(\"equal\") else print(\"differs: " label "\")"
        while ((getline leaf <leaves) > 0) {
            value[leaf] = random_value()
            if (leaf != symbol) {
                print leaf " = " value[leaf] ";" >>pari
                print leaf ": " (exact ? value[leaf] : "bfloat(" value[leaf] ")") "$" >>maxima
            }
        }
        if (exact)
            write_exactly()
        else
            write_numerically()
    }'
}

# ask LABEL NETWORK [COUNT]: by at most so many of the leaves, or five; 1 if gradtex refuses.
ask() {
    leaves "$work/assignments" >"$work/leaves"
    awk -v seed="$seed$asked" 'BEGIN { srand(seed) } { print rand() " " $0 }' "$work/leaves" |
        sort | sed "s/^[^ ]* //; ${3:-5}q" >"$work/chosen"
    test -s "$work/chosen" || return 0
    # shellcheck disable=SC2046
    "$GRADTEX" derive --format=infix --max-terms=100000 "$2" $(sed 's/_$//' "$work/chosen") >"$work/results" 2>"$work/err" ||
        return 1
    paste -d ' ' "$work/chosen" "$work/results" >"$work/pairs"
    define "$2"
    while read -r symbol result; do
        write_check "$1" "$symbol" "$result"
    done <"$work/pairs"
}

ask_dag() {
    "$GRADTEX" show --dag --format=dot "$2" 2>"$work/err" | from_dag >"$work/assignments"
    ask "$@"
}

asked=0
refused=0
begin_pari >"$work/pari"
begin_maxima >"$work/maxima"
for file in "$srcdir"/examples/*.net; do
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

# Functions of every kind, some under names that mean something to such systems.
cat >"$work/functions.net" <<'END'
function f
function \gamma
function g(z) = z/(1+e^{-z})
function s = sigmoid
function psi = leaky-relu(1/3)
inputs x 2
parameters u v
layer h 2 f
layer k 1 g
layer m 1 leaky-relu(1/7)
layer n 2 relu
layer o 1 softplus
layer q 1 s
layer r 1 psi
layer y 1 tanh
a_1 = \gamma(u y_1) + \sigma'(v) + g'(u) + \tanh^2 x_2 + s(q_1)
a_2 = max(y_1, a_1, 1/3) + |u| + \exp(x_1) e^{v} + f'(x_1)
outputs a_2
error E = half-squares + \ln(x_1^2) + \sqrt{x_1^2 + 1}
END
for _ in 1 2 3 4; do
    ask_dag functions "$work/functions.net" || fail "no derivation of functions: $(cat "$work/err")"
done

# Whether the logarithms of cross-entropies exist: of sigmoid, and of softmax over two units or more.
is_defined() {
    ! grep -q cross-entropy "$1" || grep -Eq '^layer y ([0-9]+ sigmoid|([2-9]|[1-9][0-9]+) softmax)' "$1"
}

# ask_random SEED [rich]
ask_random() {
    "$builddir/tests/prop/print_spec" "$@" >"$work/random.net"
    # The derivative of f^0 where f is 0 is 0 to us and nothing to Maxima.
    if grep -q '\^{0}' "$work/random.net"; then return; fi
    is_defined "$work/random.net" || return 0
    ask_dag "seed-$1${2:+-$2}" "$work/random.net" ${2:+2} || {
        refused=$((refused + 1))
        grep -q -e 'is defined nowhere' -e 'defined anywhere' "$work/err" || fail "seed $*: $(cat "$work/err")"
    }
}

i=0
while [ $i -lt "$runs" ]; do
    ask_random $((seed + i))
    ask_random $((seed + i)) rich
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
