#!/bin/sh
# Prints the catalogue of all that is said of networks and documents, in English (make update-po). Run in the
# top folder.
# shellcheck disable=SC2046
xgettext --from-code=UTF-8 --language=C --add-comments=TRANSLATORS --no-wrap --sort-by-file --add-location=file \
    --package-name=gradtex --output=- \
    --keyword --keyword=N_ --keyword=NC_:1c,2 --keyword=RULE:5 --keyword=DIAG:3 --keyword=sentence_counted:3,4 \
    --keyword=language_counted:3,4 --keyword=put_counted:3,4 --keyword=put_part:3,4 \
    $(ls src/*.c src/*/*.c | grep -v '^src/cmd/') src/derive/rule.def src/base/diag.def |
    sed -e '/^# /d' -e '/^#$/d' -e '/^"POT-Creation-Date/d' -e 's/charset=CHARSET/charset=UTF-8/'
