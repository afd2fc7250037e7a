// A browser on the page of a server: what every test of tests/web shares.
//
// RENOWN_WEB_URL            address of the server
// RENOWN_WEB_LINK           log-in link of a person (used once, then its session is shared), or NAME:PASSWORD
// RENOWN_WEB_SECOND_LINK    of another person, who logs out; RENOWN_WEB_LEAVER_LINK: of one who is erased
// RENOWN_WEB_APPELLANT_LINK of one who is in a finding
// RENOWN_WEB_OPERATOR_LINK  the same of an operator; without it operators' pages are left out
// RENOWN_WEB_CHROMIUM       the browser, /usr/bin/chromium
// RENOWN_WEB_SHOTS          folder for pictures; without it none are taken
import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const base = (process.env.RENOWN_WEB_URL ?? '').replace(/\/$/, '');
export const browser_path = process.env.RENOWN_WEB_CHROMIUM ?? '/usr/bin/chromium';
const shots = process.env.RENOWN_WEB_SHOTS;
export const links = { person: process.env.RENOWN_WEB_LINK, operator: process.env.RENOWN_WEB_OPERATOR_LINK };

/** Everything that went wrong, one sentence each. */
export const wrong = [];
let checked = 0;

/** What a server may be without; the page says so, or leaves it out. */
const not_everywhere = ['/v1/logins/networks', '/v1/webhooks', '/v1/push'];

/** Says what is wrong at once: a run that is cut short has told what it saw. */
export function expect(holds, words) {
  checked += 1;
  if (holds) return holds;
  wrong.push(words);
  console.log(`  wrong: ${words}`);
  return holds;
}

/** Ends; fails also where nothing was looked at. */
export function finish() {
  console.log(`${checked} things looked at, ${wrong.length} wrong`);
  process.exit(wrong.length > 0 || checked === 0 ? 1 : 0);
}

export async function start() {
  if (base === '') throw new Error('say in RENOWN_WEB_URL where the server is');
  return chromium.launch({ executablePath: browser_path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A page of its own cookies. What it asks of other origins and what its console complains about is wrong; `missing`: paths that are not there. */
export async function open_page(browser, { width = 1280, height = 900, theme = 'light', locale = 'en-GB', state, motion = 'reduce', workers = 'block', missing = [], tolerate = [] } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, storageState: state, reducedMotion: motion, serviceWorkers: workers, hasTouch: width < 600, isMobile: width < 600 });
  const page = await context.newPage();
  watch_requests(page);
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith('http')) expect(url.origin === new URL(base).origin, `${page.url()} asks ${url.origin}`);
  });
  page.on('console', (message) => {
    const text = message.text();
    if (/status of 404/.test(text) && [...not_everywhere, ...missing, ...missing.map((path) => path.replace('/p/', '/v1/people/'))].some((path) => message.location().url.endsWith(path))) return;
    if (message.type() === 'error' && !tolerate.some((pattern) => pattern.test(text))) expect(false, `${page.url()} says in the console: ${text}`);
  });
  page.on('pageerror', (error) => expect(false, `${page.url()} throws: ${error.message}`));
  return page;
}

/** Logs in by a link, or by name:password, and gives back the cookies for other pages. */
export async function log_in(browser, secret) {
  const page = await open_page(browser);
  await log_in_on(page, secret);
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

/** The same on a page that stays open. */
export async function log_in_on(page, secret) {
  if (/^https?:/.test(secret)) {
    await page.goto(secret);
  } else {
    const [name, password] = secret.split(/:(.*)/s);
    await page.goto(`${base}/log-in`);
    await page.locator('input[autocomplete=username]').fill(name);
    await page.locator('input[autocomplete=current-password]').fill(password);
    await page.locator('form button.first').click();
  }
  await page.waitForURL((url) => !url.pathname.startsWith('/log-in'), { timeout: 15_000 });
}

const on_their_way = new WeakMap();

/** Keeps count of what `settled` waits for; open_page does it. */
export function watch_requests(page) {
  const open = { requests: new Set(), last: Date.now() };
  on_their_way.set(page, open);
  page.on('request', (request) => { open.requests.add(request); open.last = Date.now(); });
  for (const end of ['requestfinished', 'requestfailed']) page.on(end, (request) => { open.requests.delete(request); open.last = Date.now(); });
}

const quiet_milliseconds = 80;

/** Waits until nothing is on its way any more: no request for a moment, a title, and nothing that only keeps a place. */
export async function settled(page, milliseconds = 15_000) {
  const end = Date.now() + milliseconds, open = on_their_way.get(page);
  const is_shown = () => page.evaluate(async () => {
    for (let i = 0; i < 3; ++i) await new Promise((done) => requestAnimationFrame(() => setTimeout(done))); // parts that wait for the first paint (Later)
    return document.querySelector('h1') !== null && document.querySelector('.skeleton') === null;
  }).catch(() => false); // on its way to another page
  while (!(await is_shown()) || open.requests.size > 0 || Date.now() - open.last < quiet_milliseconds) {
    if (Date.now() > end) throw new Error(`${page.url()} is not there after ${milliseconds / 1000} s; on their way: ${[...open.requests].map((request) => request.url()).join(' ') || 'nothing'}`);
    await page.waitForTimeout(20);
  }
}

/** A picture, where there is a folder for them. */
export async function shoot(page, name, options = {}) {
  if (shots) await page.screenshot({ path: `${shots}/${name}.png`, ...options });
}

const all_rules = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

/** What axe finds (WCAG 2.2 AA and its best practices), one sentence each. `rules`: these alone. */
export async function audit(page, rules) {
  const runOnly = rules ? { type: 'rule', values: rules } : all_rules;
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate((options) => globalThis.axe.run(document, options), { runOnly, resultTypes: ['violations'] });
  return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? violation.help}`));
}
