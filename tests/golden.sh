#!/bin/sh
# Runs every line of tests/golden/cases and compares with the files beside it; `--rewrite` (make golden)
# writes them instead. A case's file is STEM.FORMAT; `err` is the diagnostics and the exit status.
: "${srcdir:=$(cd "$(dirname "$0")/.." && pwd)}"
: "${GRADTEX:=gradtex}"
cd "$srcdir" || exit 1
rewrite=${1-}
made=$(mktemp) || exit 1
trap 'rm -f "$made"' EXIT
failed=0
seen=0

# produce FORMAT ARGUMENTS...
produce() {
    format=$1
    shift
    case $format in
    txt) "$GRADTEX" "$@" --format=text ;;
    tex) "$GRADTEX" "$@" --format=latex ;;
    md) "$GRADTEX" "$@" --format=markdown ;;
    *.md) "$GRADTEX" "$@" --format=markdown --flavour="${format%.md}" ;;
    doc.tex) "$GRADTEX" "$@" --standalone ;;
    beamer.tex) "$GRADTEX" "$@" --format=beamer ;;
    infix | json | dot | html) "$GRADTEX" "$@" --format="$format" ;;
    err)
        { "$GRADTEX" "$@" >/dev/null; } 2>&1
        echo "exit status $?"
        ;;
    *) echo "golden: unknown format $format" >&2; return 1 ;;
    esac
}

# check STEM FORMAT ARGUMENTS...
check() {
    file=tests/golden/$1.$2
    shift
    seen=$((seen + 1))
    status=0
    produce "$@" >"$made" || status=$?
    if [ $status -gt 1 ]; then # 1: a derivation is false
        echo "golden: $file: the command failed"
        failed=1
    elif [ "$rewrite" = --rewrite ]; then
        cmp -s "$made" "$file" || cat "$made" >"$file"
    elif ! diff -u "$file" "$made"; then
        failed=1
    fi
}

while read -r stem formats arguments; do
    case $stem in '' | '#'*) continue ;; esac
    for format in $(echo "$formats" | tr , ' '); do
        # shellcheck disable=SC2086
        check "$stem" "$format" $arguments </dev/null
    done
done <tests/golden/cases

echo "golden: $seen files"
test "$seen" -gt 0 || failed=1
exit $failed
