// A browser on the page of a server: what every test of tests/web shares.
//
// RENOWN_WEB_URL            address of the server
// RENOWN_WEB_LINK           log-in link of a person (used once, then its session is shared), or NAME:PASSWORD
// RENOWN_WEB_SECOND_LINK    of another person, who logs out; RENOWN_WEB_LEAVER_LINK: of one who is erased
// RENOWN_WEB_APPELLANT_LINK of one who is in a finding
// RENOWN_WEB_OPERATOR_LINK  the same of an operator; without it operators' pages are left out
// RENOWN_WEB_CHROMIUM       the browser, /usr/bin/chromium
// RENOWN_WEB_SHOTS          folder for pictures
import { mkdirSync } from 'node:fs';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

export const base = (process.env.RENOWN_WEB_URL ?? '').replace(/\/$/, '');
export const browser_path = process.env.RENOWN_WEB_CHROMIUM ?? '/usr/bin/chromium';
export const shots = process.env.RENOWN_WEB_SHOTS ?? 'shots';
export const links = { person: process.env.RENOWN_WEB_LINK, operator: process.env.RENOWN_WEB_OPERATOR_LINK };

/** Everything that went wrong, one sentence each. */
export const wrong = [];
let checked = 0;

/** What a server may be without; the page says so, or leaves it out. */
const not_everywhere = ['/v1/logins/networks', '/v1/webhooks', '/v1/push'];

export function expect(holds, words) {
  checked += 1;
  if (!holds) wrong.push(words);
  return holds;
}

/** Prints what was found and ends; fails also where nothing was looked at. */
export function finish() {
  for (const words of wrong) console.log(`  wrong: ${words}`);
  console.log(`${checked} things looked at, ${wrong.length} wrong`);
  process.exit(wrong.length > 0 || checked === 0 ? 1 : 0);
}

export async function start() {
  if (base === '') throw new Error('say in RENOWN_WEB_URL where the server is');
  mkdirSync(shots, { recursive: true });
  return chromium.launch({ executablePath: browser_path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A page of its own cookies. What it asks of other origins and what its console complains about is wrong; `missing`: paths that are not there. */
export async function open_page(browser, { width = 1280, height = 900, theme = 'light', locale = 'en-GB', state, motion = 'reduce', workers = 'block', missing = [], tolerate = [] } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, locale, storageState: state, reducedMotion: motion, serviceWorkers: workers, hasTouch: width < 600, isMobile: width < 600 });
  const page = await context.newPage();
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

/** Waits until nothing is on its way any more. */
export async function settled(page) {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.skeleton'), null, { timeout: 15_000 });
}

/** What axe finds (WCAG 2.2 AA and its best practices), one sentence each. */
export async function audit(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
  return found.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${(node.any[0] ?? node.all[0] ?? node.none[0])?.message ?? violation.help}`));
}
