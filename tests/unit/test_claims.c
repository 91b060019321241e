/* How documents become steps. */
#include "base/memory.h"
#include "verify/claims.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

static struct source source;
static struct claims claims;
static struct diags diags;
static bool is_read;

static void open_document(const char *name, const char *text)
{
    diags_init(&diags);
    if (!source_from_text(&source, name, text, strlen(text), &diags))
        abort();
    is_read = claims_read(&claims, &source, &diags);
}

static void close_document(void)
{
    claims_clear(&claims);
    source_clear(&source);
    diags_clear(&diags);
}

/* A stretch of the masked text, blanks as one. */
static void put_span(struct buf *out, struct span span)
{
    bool was_blank = false;
    for (uint32_t i = span.begin; i < span.end; i++) {
        bool is_blank = strchr(" \t\r\n", claims.text.text[i]) != NULL;
        if (!is_blank || !was_blank)
            buf_char(out, is_blank ? ' ' : claims.text.text[i]);
        was_blank = is_blank;
    }
}

/* `1.2 a = b`: a line a step; `+` before the one that continues, `~` for approximately,
   `let`, the condition and the label behind it. */
static void put_claim(struct buf *out, const struct claim *claim)
{
    buf_format(out, "%s%u.%u ", claim->continues ? "+" : "", claim->equation,
               claim->member);
    put_span(out, claim->left);
    buf_text(out, claim->relation == CLAIM_APPROX ? " ~ " : " = ");
    put_span(out, claim->right);
    if (claim->is_let)
        buf_text(out, " let");
    if (claim->condition.begin < claim->condition.end) {
        buf_text(out, " if ");
        put_span(out, claim->condition);
    }
    if (claim->label.begin < claim->label.end)
        buf_format(out, " @%.*s", (int)(claim->label.end - claim->label.begin),
                   source.text + claim->label.begin);
    buf_char(out, '\n');
}

static void check_claims(const char *name, const char *text, const char *wanted)
{
    struct buf out;
    buf_init(&out);
    open_document(name, text);
    ck_assert_msg(is_read, "not read: %s", text);
    for (size_t i = 0; i < claims.count; i++)
        put_claim(&out, &claims.items[i]);
    ck_assert_str_eq(buf_peek(&out), wanted);
    buf_clear(&out);
    close_document();
}

static void check_md(const char *text, const char *wanted)
{
    check_claims("a.md", text, wanted);
}

static void check_tex(const char *text, const char *wanted)
{
    check_claims("a.tex", text, wanted);
}

/* `line:column` of the refusal. */
static void check_refused(const char *name, const char *text, const char *wanted)
{
    struct buf out;
    buf_init(&out);
    open_document(name, text);
    ck_assert_msg(!is_read, "read: %s", text);
    ck_assert_uint_eq(diags_status(&diags), STATUS_INPUT);
    struct position at = source_position(&source, diags.items[0].place.span.begin);
    buf_format(&out, "%u:%u", at.line, at.column);
    ck_assert_str_eq(buf_peek(&out), wanted);
    buf_clear(&out);
    close_document();
}

/* --- where formulas stand --- */

START_TEST(delimiters)
{
    check_md("$a=b$", "1.1 a = b\n");
    check_md("$$a=b$$", "1.1 a = b\n");
    check_md("\\(a=b\\) \\[c=d\\]", "1.1 a = b\n2.1 c = d\n");
    check_md("\\\\(a=b\\\\) \\\\[c=d\\\\]", "1.1 a = b\n2.1 c = d\n");
    check_md("$`a=b`$", "1.1 a = b\n");
    check_md("```math\na=b\n```\n", "1.1 a = b\n");
    check_md("~~~ math\na=b\n~~~\n", "1.1 a = b\n");
    check_md("> $$a=\n> b$$", "1.1 a = b\n");
    check_tex("$a=b$ $$c=d$$ \\(e=f\\) \\[g=h\\]",
              "1.1 a = b\n2.1 c = d\n3.1 e = f\n4.1 g = h\n");
    check_tex("$a = 3\\$$", "1.1 a = 3\\$\n");
}
END_TEST

START_TEST(flavours_of_markdown)
{
    check_md("$$\n\\begin{align*}a&=b\\tag{1}\\\\&=c\\tag{2}\\end{align*}\n$$\n",
             "1.1 a = b\n+1.2 b = c\n");
    check_md("$$\na = b\n$$ {#eq-1}\n\nBy ([-@eq-1])\n\n$$\nc = d\n$$\n",
             "1.1 a = b\n2.1 c = d\n");
    check_md("```math\na = b\n```\n\n```text\nc = d\n```\n", "1.1 a = b\n");
    check_md("A `$` and $$a = b$$ and a `$\\`.\n\n$$c = d$$\n", "1.1 a = b\n2.1 c = d\n");
}
END_TEST

START_TEST(environments)
{
    static const char *const names[] = {"align",    "align*",  "equation",   "equation*",
                                        "gather",   "gather*", "multline",   "eqnarray",
                                        "flalign*", "math",    "displaymath"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct buf text;
        buf_init(&text);
        buf_format(&text, "\\begin{%s}a=b\\end{%s}", names[i], names[i]);
        check_tex(buf_peek(&text), "1.1 a = b\n");
        check_md(buf_peek(&text), "1.1 a = b\n");
        buf_clear(&text);
    }
    check_tex("\\begin{equation}\\begin{split}a&=b\\\\&=c\\end{split}\\end{equation}",
              "1.1 a = b\n+1.2 b = c\n");
    check_md("$$\\begin{aligned}a&=b\\\\&=c\\end{aligned}$$", "1.1 a = b\n+1.2 b = c\n");
    check_tex("\\begin{alignat}{2}a&=b\\end{alignat}", "1.1 a = b\n");
}
END_TEST

START_TEST(what_is_passed_over)
{
    check_md("---\ntitle: $a=b$\n---\n$c=d$", "1.1 c = d\n");
    check_md("`$a=b$` ``$a=`b$`` $c=d$", "1.1 c = d\n");
    check_md("```\n$a=b$\n```\n$c=d$", "1.1 c = d\n");
    check_md("````\n```\n$a=b$\n```\n````\n$c=d$", "1.1 c = d\n");
    check_md("```\n```math\na=b\n```\n$c=d$", "1.1 c = d\n");
    check_md("<!-- $a=b$ --> $c=d$", "1.1 c = d\n");
    check_md("from $5 to $10, $c=d$", "1.1 c = d\n");
    check_md("a = b in code\n\n$c=d$", "1.1 c = d\n");
    check_tex("% $a=b$\n$c=d$ % = e\n\\%$e=f$", "1.1 c = d\n2.1 e = f\n");
    check_tex("\\begin{verbatim}$a=b$\\end{verbatim}$c=d$", "1.1 c = d\n");
    check_tex("$a % = b\n = c$", "1.1 a = c\n");
}
END_TEST

START_TEST(plain_text)
{
    check_claims("notes", "a = b\nsome prose\n\nc = d = e\n",
                 "1.1 a = b\n2.1 c = d\n+2.2 d = e\n");
    check_claims("notes.txt", "a = b\r\nc = d\r\n", "1.1 a = b\n2.1 c = d\n");
    check_claims("notes.txt", "int main() {\nc = d\n", "1.1 c = d\n");
}
END_TEST

/* --- steps --- */

START_TEST(chains)
{
    check_md("$a=b=c=d$", "1.1 a = b\n+1.2 b = c\n+1.3 c = d\n");
    check_tex("\\begin{align}a&=b\\\\&=c\\\\d&=e\\end{align}",
              "1.1 a = b\n+1.2 b = c\n1.3 d = e\n");
    check_tex("\\begin{align}a=&b\\\\=&c\\end{align}", "1.1 a = b\n+1.2 b = c\n");
    check_tex("\\begin{eqnarray}a&=&b\\\\&=&c\\end{eqnarray}", "1.1 a = b\n+1.2 b = c\n");
    check_md("$$a=b$$ so $$=c$$", "1.1 a = b\n+2.1 b = c\n");
    check_md("$$= c$$", "");
    check_md("$a \\approx b ≈ c \\equiv d$", "1.1 a ~ b\n+1.2 b ~ c\n+1.3 c = d\n");
    check_md("$a = b,$ and $c = d.$", "1.1 a = b\n2.1 c = d\n");
}
END_TEST

START_TEST(rows_that_continue)
{
    check_tex("\\begin{align}a&=b\\\\&+c\\\\&=d\\end{align}",
              "1.1 a = b +c\n+1.2 b +c = d\n");
    check_tex("\\begin{align}a&=(b\\\\&c)\\end{align}", "1.1 a = (b c)\n");
    check_tex("\\begin{align}a&=b\\\\&-c&=d\\end{align}",
              "1.1 a = b -c\n+1.2 b -c = d\n");
    check_tex("\\begin{align}a&=b\\\\-c&=d\\end{align}", "1.1 a = b\n1.2 -c = d\n");
    check_tex("\\begin{align}a&=b\\\\[2pt]\\\\c&=d\\\\*\\end{align}",
              "1.1 a = b\n1.2 c = d\n");
}
END_TEST

START_TEST(several_equations)
{
    check_md("$a=b \\quad c=d$", "1.1 a = b\n1.2 c = d\n");
    check_md("$a=b, c=d$", "1.1 a = b\n1.2 c = d\n");
    check_md("$a=b \\text{ and } c=d$", "1.1 a = b\n1.2 c = d\n");
    check_md("$a=b \\therefore c=d$", "1.1 a = b\n1.2 c = d\n");
    check_md("$a=b \\Rightarrow c=d$", "1.1 a = b\n1.2 c = d\n");
    check_tex("\\begin{align}a&=b,&c&=d\\end{align}", "1.1 a = b\n1.2 c = d\n");
    check_md("$f(a,b)=c$", "1.1 f(a,b) = c\n");
    check_md("$a = b \\quad (c)$", "1.1 a = b (c)\n");
}
END_TEST

START_TEST(definitions_and_conditions)
{
    check_md("Let $a=b$ and $c=d$", "1.1 a = b let\n2.1 c = d\n");
    check_md("For $i \\neq j$, $a=b$", "1.1 a = b if i \\neq j\n");
    check_md("For $$i \\neq j$$, $$a=b$$", "1.1 a = b if i \\neq j\n");
    check_md("$c$. For $$i = j$$, $$a=b$$", "1.1 a = b\n");
    check_md("For $`i \\neq j`$, $`a=b`$", "1.1 a = b if i \\neq j\n");
    check_md("$\\text{Let } a=b$", "1.1 a = b let\n");
    check_md("$a \\triangleq b$", "1.1 a = b let\n");
    check_md("outlet $a=b$", "1.1 a = b\n");
    check_md("$\\text{if } i=j, a=b=c$", "1.1 a = b if i=j\n+1.2 b = c if i=j\n");
    check_md("$a=b \\text{ for } i \\neq j$", "1.1 a = b if i \\neq j\n");
    check_tex("\\begin{align}a&=b\\quad\\text{if } i=j\\\\c&=d\\end{align}",
              "1.1 a = b if i=j\n1.2 c = d\n");
    check_tex("\\begin{align}&\\text{if } i=j:\\\\ a&=b\\\\&=c\\end{align}",
              "1.1 a = b if i=j\n+1.2 b = c if i=j\n");
    check_tex("\\begin{align}\\text{if } i=j,\\quad a&=b\\\\&=c\\\\d&=e\\end{align}",
              "1.1 a = b if i=j\n+1.2 b = c if i=j\n1.3 d = e\n");
}
END_TEST

START_TEST(no_steps)
{
    check_md("$\\sum_{i=1}^{2} x_i$", "");
    check_md("$a = \\sum_{i=1}^{2} x_i$", "1.1 a = \\sum_{i=1}^{2} x_i\n");
    check_md("$\\{x = 1\\}$", "");
    check_md("$w \\leftarrow w - d$ $w := w - d$ $w = w - \\eta d$", "");
    check_md("$a \\propto b$ $a \\to b$ $a < b$ $a \\in b$ $a \\le b$", "");
    check_md("$\\left[x = 1\\right] = a$", "1.1 \\left[x = 1\\right] = a\n");
}
END_TEST

START_TEST(what_is_looked_through)
{
    check_md("$a = \\boxed{b} \\tag{3}$", "1.1 a = {b}\n");
    check_md("$a = \\underbrace{b}_{\\text{name}} c$", "1.1 a = {b} c\n");
    check_md("$a = \\color{red}{b} \\nonumber$", "1.1 a = {b}\n");
    check_md("$a =\\, b\\,.$", "1.1 a = b\n");
}
END_TEST

START_TEST(labels_and_references)
{
    check_tex("\\begin{align}a&=b\\label{x}\\\\c&=d\\label{y}\\end{align}",
              "1.1 a = b @x\n1.2 c = d @y\n");
    check_tex("\\begin{equation}\\label{x}a=b\\end{equation}", "1.1 a = b\n");
    open_document("a.tex", "$a=b$ $c=d \\text{ by } \\eqref{x}$");
    ck_assert_uint_eq(claims.reference_count, 1);
    ck_assert_uint_eq(claims.references[0].before, 1);
    ck_assert_mem_eq(source.text + claims.references[0].name.begin, "x}", 2);
    close_document();
}
END_TEST

/* --- what is refused --- */

START_TEST(refused)
{
    check_refused("a.tex", "$a=b", "1:1");
    check_refused("a.md", "x\n$$a=b", "2:1");
    check_refused("a.tex", "\\[a=b", "1:1");
    check_refused("a.tex", "\\begin{align}a=b", "1:1");
    check_refused("a.tex", "$a={b$", "1:4");
    check_refused("a.tex", "$a=b}$", "1:5");
    check_refused("a.tex", "$a=\\left(b$", "1:4");
    check_refused("a.tex", "$a=b\\right)$", "1:5");
    check_refused("a.tex", "$a={\\left(b}\\right)$", "1:5");
    check_refused("a.tex", "$a=\\input{b}$", "1:4");
    check_refused("a.tex", "$\\def\\a{b}a=b$", "1:2");
    check_refused("a.tex", "$a=b\\phantom{=c}$", "1:5");
    check_refused("a.tex", "$a=\\phantom{x} b$", "1:4");
    check_refused("a.tex", "$a=\\color{white}b$", "1:4");
    check_refused("a.tex", "$a=\\color[gray]{1}b$", "1:4");
    check_refused("a.tex", "x\n\\iffalse $a=b$ \\fi", "2:1");
    check_refused("a.md",
                  "$a=\xE2\x80\x8B"
                  "b$",
                  "1:4");
    check_refused("a.md",
                  "$a=\x1B"
                  "b$",
                  "1:4");
    check_refused("a.md", "\xEF\xBB\xBF\xEF\xBB\xBF$a=b$", "1:1");
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("claims");
    TCase *tests = tcase_create("claims");
    tcase_add_test(tests, delimiters);
    tcase_add_test(tests, flavours_of_markdown);
    tcase_add_test(tests, environments);
    tcase_add_test(tests, what_is_passed_over);
    tcase_add_test(tests, plain_text);
    tcase_add_test(tests, chains);
    tcase_add_test(tests, rows_that_continue);
    tcase_add_test(tests, several_equations);
    tcase_add_test(tests, definitions_and_conditions);
    tcase_add_test(tests, no_steps);
    tcase_add_test(tests, what_is_looked_through);
    tcase_add_test(tests, labels_and_references);
    tcase_add_test(tests, refused);
    suite_add_tcase(suite, tests);
    SRunner *runner = srunner_create(suite);
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
