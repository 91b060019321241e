// What happens when a term, or the path of a term in the figure, is pointed at or focused.

// The numbers of the paths of each section that has a figure with paths.
function sections() {
  return [...document.querySelectorAll('section')].map((section) => {
    const numbers = [...section.querySelectorAll('.term')].flatMap((term) => term.className.match(/\bp\d+/g));
    return [...new Set(numbers)];
  });
}

// Puts the elements into view until the pointer can meet one, and gives the point; null if all are covered.
function point({ section, selector }) {
  const elements = [...document.querySelectorAll('section')[section].querySelectorAll(selector)];
  for (const element of elements) {
    const line = element.querySelector('.hit');
    element.scrollIntoView({ block: 'center', inline: 'center' });
    for (let i = 1; i < 20; i++) {
      const at = line ? onLine(line, i / 20) : inBox(element, i / 20);
      if (document.elementFromPoint(at.x, at.y)?.closest('.term, .edge') === element) return at;
    }
  }
  return null;

  function onLine(path, t) {
    const { x, y } = path.getPointAtLength(t * path.getTotalLength()).matrixTransform(path.getScreenCTM());
    return { x, y };
  }

  function inBox(element, t) {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + t * width, y: top + height / 2 };
  }
}

function exists({ section, selector }) {
  return document.querySelectorAll('section')[section].querySelector(selector) !== null;
}

function focus({ section, selector }) {
  document.querySelectorAll('section')[section].querySelector(selector).focus();
}

// What is not as it should be while `pointed` is pointed at: all with a number of it are clear and, in the
// figure, have the colour of their terms; all other terms and paths are dim.
function lights({ section, number }) {
  const complaints = [];
  const element = document.querySelectorAll('section')[section];
  const pointed = element.querySelector(':is(.term, .way):hover, .term:focus');
  if (!pointed) return ['nothing is pointed at'];
  const numbers = pointed.getAttribute('class').match(/\bp\d+/g);
  if (!numbers.includes(number)) return [`${numbers} is pointed at`];
  for (const part of element.querySelectorAll('.term, .edge.lit')) {
    const style = getComputedStyle(part);
    const isLit = numbers.some((one) => part.classList.contains(one));
    if (isLit ? style.opacity !== '1' : style.opacity > 0.5)
      complaints.push(`${part.getAttribute('class')} has opacity ${style.opacity}`);
  }
  const term = element.querySelector(`.term.${number}`);
  for (const line of element.querySelectorAll(`.edge.${number} .line`))
    if (numbers.length === 1 && getComputedStyle(line).stroke !== getComputedStyle(term).color)
      complaints.push('an edge has not the colour of its term');
  return [...new Set(complaints)];
}

async function meet(page, target) {
  const at = await page.evaluate(point, target);
  if (!at) return false;
  await page.mouse.move(at.x, at.y);
  return true;
}

// The pointer far from everything, nothing focused.
async function leave(page) {
  await page.mouse.move(0, 0);
  await page.evaluate(() => document.activeElement.blur());
}

async function tryPath(page, section, number) {
  const complaints = [];
  const say = (how, found) => complaints.push(...found.map((what) => `${how} ${number}: ${what}`));
  const term = { section, selector: `.term.${number}` }, edge = { section, selector: `.way.${number}` };
  if (await meet(page, term)) say('hovering', await page.evaluate(lights, { section, number }));
  else say('hovering', ['all its terms are covered']);
  await leave(page);
  await page.evaluate(focus, term);
  say('focusing', await page.evaluate(lights, { section, number }));
  await leave(page);
  if (!(await page.evaluate(exists, edge))) return complaints; // it begins at its last edge
  if (await meet(page, edge)) say('hovering the path of', await page.evaluate(lights, { section, number }));
  else say('hovering the path of', ['it is covered everywhere']);
  await leave(page);
  return complaints;
}

export async function pointing(page) {
  const complaints = [];
  for (const [section, numbers] of (await page.evaluate(sections)).entries())
    for (const number of numbers) complaints.push(...(await tryPath(page, section, number)));
  return complaints;
}
