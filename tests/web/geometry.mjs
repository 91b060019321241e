// What can be seen on a page without touching it. These functions run inside the page; each returns a
// list of complaints.

// Nothing sticks out of the page, of a box that scrolls on its left, or of one that should not scroll.
export function overflows() {
  const complaints = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) complaints.push(`the page is ${root.scrollWidth} px wide`);
  const boxes = '.scroll, figure, pre';
  for (const box of document.querySelectorAll(boxes))
    if (box.scrollHeight > box.clientHeight + 1)
      complaints.push(`a ${box.className || box.tagName} scrolls downwards`);
  for (const element of document.querySelectorAll('main :is(h1, h2, h3, p, math, td, th, text, .reason)')) {
    const rect = element.getBoundingClientRect(), box = element.closest(boxes);
    const left = box ? box.getBoundingClientRect().left - box.scrollLeft : 0;
    const right = box ? Infinity : root.clientWidth;
    if (rect.left < left - 1 || rect.right > right + 1)
      complaints.push(`cut off: ${element.textContent.slice(0, 60)}`);
  }
  return complaints;
}

// The relation signs of a display stand one under the other.
export function relations() {
  const complaints = [];
  for (const rows of document.querySelectorAll('.rows')) {
    const signs = [...rows.querySelectorAll(':scope > .right:not(.more) > math > mo:first-child')];
    const lefts = signs.map((sign) => sign.getBoundingClientRect().left);
    if (Math.max(...lefts) - Math.min(...lefts) > 1)
      complaints.push(`relation signs at ${lefts.map(Math.round)}: ${rows.textContent.slice(0, 60)}`);
  }
  return complaints;
}

// In a figure no text touches another, leaves its unit or is cut off, units keep apart, and edges run past
// them, or just behind their rims.
export function figures() {
  const complaints = [];
  const leading = 0.2; // of a line is free above and below its letters

  function cell(text) {
    const { x, y, width, height } = text.getBBox();
    return { text, left: x, right: x + width, top: y + leading * height, bottom: y + (1 - leading) * height };
  }

  function touch(a, b) {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return across > 1 && down > 1;
  }

  function pairs(items, test, say) {
    items.forEach((a, i) => items.slice(i + 1).forEach((b) => test(a, b) && complaints.push(say(a, b))));
  }

  function circle(element) {
    const [x, y, r] = ['cx', 'cy', 'r'].map((name) => element[name].baseVal.value);
    return { x, y, r };
  }

  function distance(a, b) {
    return Math.hypot(a.x - b.x, a.y - b.y);
  }

  // From the middle of the unit to the farthest corner, or to the nearest point.
  function reach({ left, right, top, bottom }, { x, y }) {
    const across = Math.max(Math.abs(left - x), Math.abs(right - x));
    const gapAcross = Math.max(left - x, x - right, 0), gapDown = Math.max(top - y, y - bottom, 0);
    return { across, gap: Math.hypot(gapAcross, gapDown) };
  }

  function passes(path, unit) {
    const length = path.getTotalLength(), ends = [path.getPointAtLength(0), path.getPointAtLength(length)];
    if (ends.some((end) => distance(end, unit) < unit.r + 4)) return false;
    for (let i = 1; i < 40; i++)
      if (distance(path.getPointAtLength((length * i) / 40), unit) < 0.8 * unit.r) return true;
    return false;
  }

  for (const svg of document.querySelectorAll('svg')) {
    const cells = [...svg.querySelectorAll('text:not(.halo)')].map(cell);
    const units = [...svg.querySelectorAll('circle')].map(circle);
    const frame = svg.viewBox.baseVal;
    pairs(cells, touch, (a, b) => `${a.text.textContent} touches ${b.text.textContent}`);
    pairs(units, (a, b) => distance(a, b) < a.r + b.r + 2, () => 'two units touch');
    for (const at of cells) {
      const name = at.text.textContent;
      if (at.left < frame.x || at.right > frame.x + frame.width || at.top < frame.y || at.bottom > frame.y + frame.height)
        complaints.push(`${name} is outside of the figure`);
      for (const unit of units) {
        const { across, gap } = reach(at, unit);
        if (at.text.matches('.weight') && gap < unit.r) complaints.push(`${name} lies on a unit`);
        if (!at.text.matches('.weight') && gap < 1 && across > unit.r) complaints.push(`${name} leaves its unit`);
      }
    }
    for (const path of svg.querySelectorAll('.line'))
      for (const unit of units) if (passes(path, unit)) complaints.push('an edge runs through a unit');
  }
  return [...new Set(complaints)];
}

// Letters large enough to read, in pixels of the screen; a long name may be smaller, to fit into its unit.
export function letters(least) {
  const complaints = [];
  for (const svg of document.querySelectorAll('svg')) {
    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    for (const text of svg.querySelectorAll('text:not(.halo)')) {
      const size = scale * parseFloat(getComputedStyle(text).fontSize);
      if (size < (text.textContent.length > 5 ? least / 2 : least))
        complaints.push(`${text.textContent} is ${size.toFixed(1)} px high`);
    }
  }
  return complaints;
}

// Every text stands out from the paper, as WCAG measures it.
export function contrasts() {
  const complaints = [];

  function luminance(colour) {
    const [r, g, b] = colour.match(/[\d.]+/g).map((part) => {
      const c = part / 255;
      return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  function ratio(a, b) {
    const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
    return (light + 0.05) / (dark + 0.05);
  }

  const isLabel = (element) => element.namespaceURI.endsWith('svg');
  const texts = [...document.body.querySelectorAll('*')].filter((element) =>
    !element.closest('.halo, title') && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
  const colours = texts.map((element) => getComputedStyle(element)[isLabel(element) ? 'fill' : 'color']);
  const paper = getComputedStyle(document.body).backgroundColor;
  for (const colour of new Set(colours))
    if (ratio(colour, paper) < 4.5) complaints.push(`${colour} on ${paper} is hard to read`);
  return complaints;
}

// Dark on light, whatever the screen has.
export function paper() {
  const brightness = (colour) => Math.max(...colour.match(/\d+/g).slice(0, 3).map(Number));
  const { color, backgroundColor } = getComputedStyle(document.body);
  return brightness(backgroundColor) > 240 && brightness(color) < 80 ? [] : [`printed ${color} on ${backgroundColor}`];
}

// On a wide page a figure stays in sight of its terms.
export function sights() {
  const complaints = [];
  for (const figure of document.querySelectorAll('section:has(.term) > figure'))
    for (const term of figure.parentElement.querySelectorAll('.term')) {
      term.scrollIntoView({ block: 'center' });
      const { top, bottom } = figure.getBoundingClientRect();
      if (top < 0 || bottom > innerHeight) complaints.push(`the figure is away from ${term.textContent.slice(0, 40)}`);
    }
  scrollTo(0, 0);
  return complaints;
}
