// Every page at two widths, light and dark, in four languages: no violation of axe, nothing wider than the screen, no
// complaint of the browser, no foreign request. A page is loaded once a language; width and theme change under it.
//
//     pages.mjs                           all of it
//     pages.mjs person operator           pages of these roles (anybody, person, operator)
//     pages.mjs /ledger /privacy          these pages alone
//     pages.mjs --from /privacy person    from this one on: where a run was cut short
import { audit, base, expect, finish, links, log_in, open_page, settled, shoot, start, wrong } from './browser.mjs';
import { nowhere, pages } from './paths.mjs';

const phone = { width: 390, height: 844 }, wide = { width: 1280, height: 900 };

/** By language: how the page is looked at, one after the other. Where only the colours changed, only they are looked at again. */
const languages = [
  { locale: 'en-GB', ways: [[phone, 'light'], [phone, 'dark', 'colours'], [wide, 'light'], [wide, 'dark', 'colours']] },
  { locale: 'ar', ways: [[phone, 'light'], [wide, 'dark']] },
  { locale: 'de-DE', ways: [[phone, 'light']] },
  { locale: 'ja-JP', ways: [[phone, 'dark']] },
];
const rules_of_colours = ['color-contrast', 'link-in-text-block'];

const given = process.argv.slice(2);
const from_at = given.indexOf('--from');
const [from] = from_at < 0 ? [] : given.splice(from_at, 2).slice(1);
const only_paths = given.filter((name) => name.startsWith('/')), only_roles = given.filter((name) => !name.startsWith('/'));

/** Makes the window as high as the page: what sticks to its edge is then where it belongs. */
async function whole(page, { width }) {
  await page.setViewportSize({ width, height: Math.max(await page.evaluate(() => document.documentElement.scrollHeight), 600) });
}

/** What a change of width or theme brings with it is drawn, and no colour is on its way to another. */
const drawn = (page) => page.evaluate(async () => {
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const moving = () => document.getAnimations().filter((animation) => animation.playState === 'running');
  await frame();
  await frame();
  for (let round = 0; round < 20 && moving().length > 0; ++round) { // the end of one begins another in what inherits its colour
    await Promise.all(moving().map((animation) => animation.finished.catch(() => {})));
    await frame();
    await frame();
  }
});

async function look(page, where, size, theme, what, locale) {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme });
  await drawn(page);
  const seen = await page.evaluate(() => ({
    beyond: document.documentElement.scrollWidth - innerWidth,
    titles: document.querySelectorAll('h1').length,
    direction: document.documentElement.dir,
    raw: document.querySelector('main').innerText.match(/\b[a-z_]+\.[a-z_]+_[a-z_]+\b|undefined|NaN|\[object/)?.[0],
  }));
  expect(seen.beyond <= 0, `${where} is ${seen.beyond} px wider than the screen`);
  expect(seen.titles === 1, `${where} has ${seen.titles} titles`);
  expect(seen.direction === (locale === 'ar' ? 'rtl' : 'ltr'), `${where} runs ${seen.direction}`);
  expect(!seen.raw, `${where} shows ${seen.raw}`);
  for (const found of await audit(page, what === 'colours' ? rules_of_colours : undefined)) expect(false, `${where}: ${found}`);
}

async function look_in(page, role, path, { locale, ways }) {
  const [size, theme] = ways[0];
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: theme });
  const answer = await page.goto(base + path);
  const wanted = nowhere.includes(path) ? 404 : 200;
  expect(answer.status() === wanted, `${path} (${role}) is answered by ${answer.status()}`);
  await settled(page);
  for (const [size, theme, what] of ways) {
    const name = `${size.width}-${theme}-${locale}`;
    await look(page, `${path} (${role}, ${name})`, size, theme, what, locale);
    if (!process.env.RENOWN_WEB_SHOTS) continue;
    await whole(page, size);
    await page.waitForTimeout(100);
    await shoot(page, `${name}/${role}${path === '/' ? '-home' : path.replaceAll('/', '-')}`);
  }
}

const browser = await start();
const begun = Date.now();
const roles = Object.keys(pages).filter((role) => (role === 'anybody' || links[role]) && (only_roles.length === 0 || only_roles.includes(role)));
let is_reached = from === undefined, looked = 0;
for (const role of roles) {
  const state = role === 'anybody' ? undefined : await log_in(browser, links[role]);
  const tabs = [];
  for (const language of languages) tabs.push({ language, page: await open_page(browser, { ...wide, locale: language.locale, state, missing: nowhere }) });
  for (const path of pages[role]) {
    is_reached ||= path === from;
    if (!is_reached || (only_paths.length > 0 && !only_paths.includes(path))) continue;
    const before = wrong.length, at = Date.now();
    for (const { language, page } of tabs) {
      await look_in(page, role, path, language).catch((error) => expect(false, `${path} (${role}, ${language.locale}): ${error.message.split('\n')[0]}`));
    }
    looked += 1;
    console.log(`${((Date.now() - begun) / 1000).toFixed(0).padStart(4)} s  ${path} (${role}): ${wrong.length - before} wrong, ${((Date.now() - at) / 1000).toFixed(1)} s`);
  }
  for (const { page } of tabs) await page.context().close();
}
expect(looked > 0, `no page is called ${[from, ...given].filter(Boolean).join(' ')}`);
await browser.close();
finish();
