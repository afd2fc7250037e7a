// Another language that nobody speaks: every text of the page a good half longer and with accents, made from the English
// ones on their way to the browser. On a phone nothing may be cut off or leave the screen.
import { base, expect, finish, links, log_in, open_page, settled, shoot, start } from './browser.mjs';
import { nowhere, pages } from './paths.mjs';

const accents = Object.fromEntries([...'aAbcCdDeEfgGhHiIjklLmnNoOpPrRsStTuUvwWyYzZ'].map((letter, i) => [letter, [...'åÅƀçÇđĐéÉƒĝĜĥĤîÎĵķļĻɱñÑöÖþÞŕŘšŠţŢûÛṽŵŴýÝžŽ'][i]]));

/** A message with its words lengthened; what stands in its braces stays as it is, but for the texts of plural forms. */
export function pseudo(message) {
  let depth = 0, text = '', made = '';
  const flush = () => {
    made += /\p{L}/u.test(text) ? longer(text) : text;
    text = '';
  };
  for (const letter of message) {
    if (letter === '{' || letter === '}') {
      if (depth % 2 === 0) flush();
      else { made += text; text = ''; }
      depth += letter === '{' ? 1 : -1;
      made += letter;
    } else {
      text += letter;
    }
  }
  flush();
  return made;
}

function longer(text) {
  const words = text.replace(/\p{L}/gu, (letter) => accents[letter] ?? letter);
  const more = Math.ceil(text.trim().length * (text.trim().length < 12 ? 0.9 : 0.5));
  const filling = 'öné ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ šéṽéñ éîĝĥţ ñîñé ţéñ '.repeat(9).slice(0, more).trim();
  return words.replace(/(\s*)$/, ` ${filling}$1`);
}

/** What is cut off, or leaves the screen, in words. What scrolls by itself is in nobody's way. */
function cut_off() {
  const wrong = [];
  const scrolls = (element) => element.closest('.scroll, .hidden-text, [aria-hidden=true], dialog:not([open])') !== null;
  for (const element of document.querySelectorAll('body *')) {
    if (!element.checkVisibility() || scrolls(element) || element.closest('svg')) continue;
    const style = getComputedStyle(element), name = `${element.tagName.toLowerCase()}.${element.className}`.slice(0, 60);
    const clips = [style.overflowX, style.overflowY].some((value) => value === 'hidden' || value === 'clip');
    if (clips && element.innerText?.trim() && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1)) wrong.push(`${name} cuts off "${element.innerText.trim().slice(0, 50)}"`);
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE || node.data.trim() === '') continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && (box.left < -0.5 || box.right > innerWidth + 0.5)) { wrong.push(`${name} leaves the screen with "${node.data.trim().slice(0, 50)}"`); break; }
      }
    }
  }
  if (document.documentElement.scrollWidth > innerWidth) wrong.push(`the page is ${document.documentElement.scrollWidth - innerWidth} px wider than the screen`);
  return wrong;
}

expect(pseudo('{count, plural, one {# person} other {# people}} of {name}').replace(/[^{},#]/g, '') === '{,,{#}{#}}{}', 'the braces of a message are not kept');

const browser = await start();
const states = { anybody: undefined };
for (const role of ['person', 'operator']) if (links[role]) states[role] = await log_in(browser, links[role]);
let served = 0;
for (const [role, state] of Object.entries(states)) {
  const page = await open_page(browser, { width: 390, height: 844, state, missing: nowhere });
  await page.route(/\/assets\/en-[^/]*\.json$/, async (route) => {
    const english = await (await route.fetch()).json();
    served += 1;
    await route.fulfill({ json: Object.fromEntries(Object.entries(english).map(([key, message]) => [key, pseudo(message)])) });
  });
  for (const path of pages[role]) {
    try {
      await page.goto(base + path);
      await settled(page);
      for (const words of await page.evaluate(cut_off)) expect(false, `${path} (${role}): ${words}`);
      expect(/[åéîöû]/.test(await page.locator('main').innerText()), `${path} (${role}) does not speak the made-up language`);
      await shoot(page, `pseudo/${role}${path === '/' ? '-home' : path.replaceAll('/', '-')}`, { fullPage: true });
    } catch (error) {
      expect(false, `${path} (${role}): ${error.message.split('\n')[0]}`);
    }
  }
  await page.context().close();
}
expect(served > 0, 'the texts were not exchanged, so this proves nothing');
await browser.close();
finish();
