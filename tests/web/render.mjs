// Renders the formulas of Markdown files with KaTeX and MathJax: render.mjs FLAVOUR FILE...
// Every formula that one of them refuses is printed; the exit status is 1 then.
import { readFileSync } from 'node:fs';
import katex from 'katex';
import MathJax from 'mathjax';

// What is passed over comes first, as a reader of Markdown goes through the text.
const code = /^~~~+$[^]*?^~~~+$|(?<!`)(?<ticks>`+)(?!`)[^]*?[^`]\k<ticks>(?!`)/;
const dollars = [/^\$\$\n(?<display>[^]*?)\n\$\$$/, /(?<!\$)\$(?<inline>[^$\n]+)\$(?!\$)/];
const flavours = {
    katex: dollars,
    mathjax: dollars,
    kramdown: [/^\$\$\n(?<display>[^]*?)\n\$\$$/, /\$\$(?<inline>[^$\n]+)\$\$/],
    quarto: [/^\$\$\n(?<display>[^]*?)\n\$\$(?: \{#eq-\d+\})?$/, dollars[1]],
    github: [/^```math\n(?<display>[^]*?)\n```$/, /\$`(?<inline>[^`\n]+)`\$/],
};

// What is left of a text without its formulas is to hold no delimiter.
function formulas(text, flavour) {
    const found = [];
    const [display, inline] = flavours[flavour].map((pattern) => pattern.source);
    const pattern = new RegExp([display, code.source, inline].join('|'), 'gm');
    const rest = text.replace(pattern, (...match) => {
        const groups = match.at(-1);
        if (groups.display ?? groups.inline)
            found.push({ tex: groups.display ?? groups.inline, display: Boolean(groups.display) });
        return '';
    });
    if (/[$`]/.test(rest))
        throw new Error(`a delimiter is left over: ${rest.match(/.*[$`].*/)[0]}`);
    return found;
}

function tryKatex({ tex, display }) {
    katex.renderToString(tex, { displayMode: display, throwOnError: true, strict: 'error' });
}

async function tryMathjax({ tex, display }) {
    const mathml = await MathJax.tex2mmlPromise(tex, { display });
    if (mathml.includes('<merror'))
        throw new Error(mathml.match(/data-mjx-error="([^"]*)"/)?.[1] ?? mathml);
}

// Without the packages that load others on demand or let unknown commands pass.
await MathJax.init({
    loader: { load: ['input/tex-base', '[tex]/ams'] },
    tex: { packages: ['base', 'ams'], tags: 'ams' },
    startup: { typeset: false },
});

const [flavour, ...files] = process.argv.slice(2);
const seen = new Set();
let bad = 0;
for (const file of files)
    for (const formula of formulas(readFileSync(file, 'utf8'), flavour)) {
        const key = `${formula.display} ${formula.tex}`;
        if (seen.has(key))
            continue;
        seen.add(key);
        for (const [name, attempt] of [['KaTeX', tryKatex], ['MathJax', tryMathjax]])
            try {
                await attempt(formula);
            } catch (error) {
                bad++;
                console.log(`${file}: ${name}: ${error.message}\n${formula.tex}`);
            }
    }
console.log(`${flavour}: ${seen.size} formulas in ${files.length} files`);
process.exit(bad > 0 || seen.size === 0 ? 1 : 0);
