#!/bin/sh
# Every example of README.md and of the manual pages, and every command over every file of examples/.
#
# In ``` blocks of README.md and `.Bd -literal` blocks of man/: a block that begins with `# NAME.net: ...`
# is that file, which must be read, or refused if `(refused)` follows the name; lines that begin with
# `$ gradtex` are commands, run in the order of the document in one folder, and the lines below them are
# what they print, where `...` stands for any lines; `$ echo $?` and a number is a status that is not 0.
# Documents show what a terminal gets, so `derive` without a format gets --format=text here.
# shellcheck source=tests/cli/common.sh
. "${0%/*}/common.sh"
documents='README.md man/gradtex.1 man/gradtex-spec.5'
srcdir=$(cd "$srcdir" && pwd)
ln -s "$srcdir/examples" "$work/examples"
ran=0

# literal DOCUMENT: its literal blocks as plain text, each after a line \f.
literal() {
    case $1 in
    *.md) awk '/^```/ { inside = !inside; if (inside) print "\f"; next } inside' "$srcdir/$1" ;;
    *)
        awk '/^\.Ed/ { inside = 0 }
             inside { gsub(/\\&/, ""); gsub(/\\-/, "-"); gsub(/\\\(ha/, "^"); gsub(/\\\(ti/, "~")
                      gsub(/\\\(aq/, "\047"); gsub(/\\\(ga/, "`"); gsub(/\\\(dq/, "\""); gsub(/\\e/, "\\")
                      print }
             /^\.Bd -literal/ { inside = 1; print "\f" }' "$srcdir/$1"
        ;;
    esac
}

# matches SHOWN MADE: whether the lines agree; a line `...` stands for any.
matches() {
    awk 'NR == FNR { shown[++n] = $0; next }
         { made[++m] = $0 }
         END {
             i = j = 1
             while (j <= m) {
                 if (shown[i] == "..." && i <= n) { star = i++; mark = j }
                 else if (i <= n && shown[i] == made[j]) { i++; j++ }
                 else if (star) { i = star + 1; j = ++mark }
                 else exit 1
             }
             while (i <= n && shown[i] == "...") i++
             exit i <= n
         }' "$1" "$2"
}

# What a terminal gets.
on_terminal() {
    case " $* " in
    *' --format='* | *' --standalone '* | *' -o '*) ;;
    ' derive '*) set -- "$@" --format=text ;;
    esac
    "$GRADTEX" "$@"
}

# run COMMAND: in the document's folder; the command is the document's own.
run() {
    ran=$((ran + 1))
    eval "set -- ${1#gradtex}"
    status=0
    (cd "$work" && on_terminal "$@") >"$work/raw" 2>&1 </dev/null || status=$?
    tr -d '\r' <"$work/raw" >"$work/out" # of CSV
}

# settle: holds the last command against what the document shows.
settle() {
    test -n "$command" || return 0
    test "$status" -eq "$wanted" || {
        fail "$document: status $status, not $wanted: $command"
        head -n 5 "$work/out"
    }
    if [ -s "$work/shown" ] && ! matches "$work/shown" "$work/out"; then
        fail "$document: $command"
        diff -u "$work/shown" "$work/out"
    fi
    command=
}

# One line of a document.
take_line() {
    case $1 in
    "$(printf '\f')")
        settle
        block=new
        return
        ;;
    '# '*.net*)
        if [ $block = new ]; then
            block=${1#\# }
            block=${block%%.net*}.net
            echo "$block" >>"$work/files"
            : >"$work/$block"
        fi
        ;;
    '$ echo $?') block=status && return ;;
    '$ gradtex'*)
        settle
        block=session
        command=${1#\$ }
        wanted=0
        : >"$work/shown"
        run "$command"
        return
        ;;
    '$ '*) block=other && return ;;
    esac
    case $block in
    *.net) printf '%s\n' "$1" >>"$work/$block" ;;
    session) printf '%s\n' "$1" >>"$work/shown" ;;
    status) wanted=$1 block=other ;;
    new) block=other ;;
    esac
}

# Files that a document shows are read, each by every command.
check_file() {
    expect 0 "$GRADTEX" show "$1"
    expect 0 "$GRADTEX" derive "$1"
    expect 0 "$GRADTEX" crosscheck --random "$1"
    ran=$((ran + 3))
}

check_files() {
    while read -r file; do
        case $(head -n 1 "$work/$file") in
        *'(refused)'*) expect 4 "$GRADTEX" show "$work/$file" ;;
        *) check_file "$work/$file" ;;
        esac
    done <"$work/files"
}

check_document() {
    before=$ran
    command=
    block=other
    : >"$work/files"
    literal "$document" >"$work/literal"
    while IFS= read -r line; do
        take_line "$line"
    done <"$work/literal"
    settle
    check_files
    echo "$document: $((ran - before)) commands"
}

for document in $documents; do
    check_document
done

# symbols FILE: an input, and of parameters the first and the last.
symbols() {
    "$GRADTEX" show --names "$1" | awk '/^x/ && !input { input = $0 }
        !/^[xt]/ { last = $0; if (!first) first = $0 }
        END { print input; print first; if (last != first) print last }'
}

before=$ran
for file in "$srcdir"/examples/*.net; do
    check_file "$file"
    expect 0 "$GRADTEX" show --dag "$file"
    # shellcheck disable=SC2046
    expect 0 "$GRADTEX" derive "$file" $(symbols "$file")
    for symbol in $(symbols "$file"); do
        for arguments in derive 'derive --detail=brief --standalone' 'derive --result=sum' paths \
            'paths --count' 'paths --sum' crosscheck; do
            # shellcheck disable=SC2086
            expect 0 "$GRADTEX" $arguments "$file" "$symbol"
            test -s "$work/out" || test "$arguments" = paths ||
                fail "nothing is printed: $arguments $file $symbol"
            ran=$((ran + 1))
        done
    done
done
for tied in 'recurrent.net u' 'recurrent.net w' '3-4-4-2.net b1^1'; do
    # shellcheck disable=SC2086
    expect 0 "$GRADTEX" derive "$srcdir/examples/"$tied
done
echo "examples/: $((ran - before)) commands"

# The rules of the manual are those of the tool.
sed -n 's/^RULE([A-Z_]*, "\([a-z-]*\)", RULE_\([A-Z]*\).*/\1 \2/p' "$srcdir/src/derive/rule.def" |
    tr '[:upper:]' '[:lower:]' >"$work/rules"
test -s "$work/rules" || fail 'no rules were found'
while read -r rule level; do
    grep -q "^\.It Cm $rule Ta $level Ta " "$srcdir/man/gradtex.1" ||
        fail "man/gradtex.1 has no rule $rule of the level $level"
done <"$work/rules"

# The program in README.md compiles.
awk '/^```c$/ { inside = 1; next } /^```/ { inside = 0 } inside' "$srcdir/README.md" |
    sed 's/<gradtex.h>/"gradtex.h"/' >"$work/program.c"
test -s "$work/program.c" || fail 'README.md has no program'
if command -v "${CC:-cc}" >/dev/null; then
    "${CC:-cc}" -Wall -Werror -fsyntax-only -I "$srcdir/src" "$work/program.c" ||
        fail 'the program in README.md does not compile'
fi

if command -v mandoc >/dev/null; then
    for page in gradtex.1 gradtex-spec.5; do
        mandoc -Tlint -W warning "$srcdir/man/$page" || fail "mandoc -Tlint $page"
    done
else
    echo 'mandoc is not there: the manual pages were not checked'
fi

finish
