// node page.mjs FOLDER [PAGE...]: looks at each .html and .svg of the folder as a reader does, in $CHROMIUM;
// axe, which is slow, only at the pages named. Prints what is wrong, a line each, and then ends with 1.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium } from 'playwright-core';
import { contrasts, figures, letters, overflows, paper, relations, sights } from './geometry.mjs';
import { pointing } from './pointing.mjs';

const HEIGHT = 900, PAPER = 640, AT_ONCE = 2;
const WIDTHS = [360, 800, 1280, 1440];
const SCHEMES = ['light', 'dark'];
const RULES = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };
const LEAST_LETTER = 8;

// Whatever the page asks for or complains about, besides itself.
function listen(page, complaints) {
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) complaints.push(`it asks for ${request.url()}`);
  });
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
}

// By axe: names and roles, headings, what the keyboard reaches.
async function access(page) {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate((rules) => window.axe.run(document, rules), RULES);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `axe: ${id}: ${node.html.slice(0, 120)}`));
}

async function print(page) {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.setViewportSize({ width: PAPER, height: HEIGHT });
  const complaints = await page.evaluate(paper);
  complaints.push(...(await page.evaluate(overflows)));
  await page.emulateMedia({ media: 'screen', colorScheme: 'light' });
  return complaints;
}

// Each check says where it was made.
async function inspect(page, complaints, file) {
  const add = (where, found) => complaints.push(...found.map((what) => `${where}: ${what}`));
  const isPage = file.endsWith('.html');
  add('figure', await page.evaluate(figures));
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    add(`${width} px`, await page.evaluate(letters, LEAST_LETTER));
    if (!isPage) continue;
    add(`${width} px`, await page.evaluate(overflows));
    add(`${width} px`, await page.evaluate(relations));
  }
  if (!isPage) return;
  add('scrolling', await page.evaluate(sights));
  for (const scheme of SCHEMES) {
    await page.emulateMedia({ colorScheme: scheme });
    add(scheme, await page.evaluate(contrasts));
    if (forAxe.includes(file)) add(scheme, await access(page));
  }
  add('pointing', await pointing(page));
  add('print', await print(page));
}

async function open(browser, file) {
  const complaints = [];
  const page = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: WIDTHS[0], height: HEIGHT } });
  listen(page, complaints);
  await page.goto(pathToFileURL(join(folder, file)).href);
  await inspect(page, complaints, file);
  await page.close();
  return complaints;
}

async function work(browser, files) {
  let isWell = true;
  for (let file = files.shift(); file; file = files.shift()) {
    const complaints = await open(browser, file);
    for (const complaint of complaints) console.log(`${file}: ${complaint}`);
    isWell &&= complaints.length === 0;
  }
  return isWell;
}

const [folder, ...forAxe] = process.argv.slice(2);
const files = readdirSync(folder).filter((name) => /\.(html|svg)$/.test(name));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, chromiumSandbox: false });
const results = await Promise.all(Array.from({ length: AT_ONCE }, () => work(browser, files)));
await browser.close();
process.exitCode = results.every(Boolean) ? 0 : 1;
