#!/bin/sh
# The catalogue has every sentence of the sources and nothing else; every translation is complete, and
# has the places {1} ... {9} of its source.
: "${srcdir:=$(cd "$(dirname "$0")/.." && pwd)}"
cd "$srcdir" || exit 1
for tool in xgettext msgattrib msgcmp; do
    command -v $tool >/dev/null 2>&1 || {
        echo "skipped: $tool is not here"
        exit 77
    }
done
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0

fail() {
    echo "FAILED: $*"
    failed=1
}

# texts FILE: the texts of a catalogue without its head, a line each.
texts() {
    awk '/^msgid "/ && !/^msgid ""$/ { print substr($0, 7) }' "$1" | sort -u
}

# What documents say is marked where it stands: words that are not are found among all strings.
sh po/extract.sh >"$work/gradtex.pot"
grep '^msg' po/gradtex.pot >"$work/old"
grep '^msg' "$work/gradtex.pot" >"$work/new"
diff -u "$work/old" "$work/new" || fail 'po/gradtex.pot is not what the sources say: make update-po'
cat src/tell/*.c >"$work/tell.c"
xgettext --extract-all --from-code=UTF-8 --language=C --no-wrap --output="$work/all.pot" \
    "$work/tell.c" 2>"$work/warnings" || cat "$work/warnings"
texts "$work/all.pot" >"$work/all"
texts "$work/gradtex.pot" >"$work/marked"
sed -n -e 's/^msgctxt //p' -e 's/^msgid_plural //p' "$work/gradtex.pot" | sort -u - "$work/marked" >"$work/known"
comm -23 "$work/all" "$work/known" |
    sed -e 's/\\\\[A-Za-z]*//g' -e 's/%[0-9.]*l*[a-z]//g' -e 's/%<[A-Za-z0-9]*>//g' >"$work/others"
if grep -E '[A-Za-z]{3}' "$work/others"; then
    fail 'words in src/tell that are not marked with N_'
fi

# places FILE: says which translations have other places than their source; the singular may say
# the number in words.
places() {
    awk 'function places(text,    i, found) {
            for (i = 1; i <= 9; i++) found = found (index(text, "{" i "}") ? i : "-")
            return found
        }
        function lacks(text, source,    i) {
            for (i = 1; i <= 9; i++)
                if (substr(text, i, 1) != substr(source, i, 1) && substr(text, i, 1) != "-") return 1
        }
        /^msgid / { source = places($0) }
        /^msgid_plural / { source = places($0) }
        /^msgstr/ {
            here = places($0)
            if (/^msgstr\[0\]/ ? lacks(here, source) : here != source) print
        }' "$1"
}

for catalogue in po/*.po; do
    language=${catalogue#po/}
    language=${language%.po}
    msgcmp "$catalogue" po/gradtex.pot || fail "$catalogue is not complete"
    msgattrib --no-obsolete --no-wrap "$catalogue" >"$work/catalogue"
    test "$(texts "$work/catalogue" | wc -l)" -eq "$(wc -l <"$work/marked")" ||
        fail "$catalogue has texts that nobody says"
    test -z "$(msgattrib --only-fuzzy "$catalogue")" || fail "$catalogue has fuzzy translations"
    places "$work/catalogue" >"$work/places"
    test ! -s "$work/places" || fail "$catalogue: other places than the source: $(cat "$work/places")"
    case $(grep "^LANGUAGE($language," src/base/language.def) in
    *' false, '*) rule='(n != 1)' ;;
    *' true, '*) rule='(n > 1)' ;;
    *) rule='a row in src/base/language.def' ;;
    esac
    grep -qF "plural=$rule;" "$catalogue" || fail "$catalogue: Plural-Forms is not $rule"
done
echo "$(wc -l <"$work/marked") texts"
exit $failed
