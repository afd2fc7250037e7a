// Every page at two widths, in light, dark and Arabic: no violation of axe, nothing wider than the screen, no complaint of
// the browser, no foreign request; and a picture of each.
import { audit, base, expect, finish, links, log_in, open_page, settled, shots, start } from './browser.mjs';
import { nowhere, pages } from './paths.mjs';

const ways = [
  { name: '390-light', width: 390, height: 844, theme: 'light' },
  { name: '390-dark', width: 390, height: 844, theme: 'dark' },
  { name: '1280-light', width: 1280, height: 900, theme: 'light' },
  { name: '1280-dark', width: 1280, height: 900, theme: 'dark' },
  { name: '390-arabic', width: 390, height: 844, theme: 'light', locale: 'ar' },
  { name: '1280-arabic', width: 1280, height: 900, theme: 'dark', locale: 'ar' },
  { name: '390-german', width: 390, height: 844, theme: 'light', locale: 'de-DE' },
  { name: '390-japanese', width: 390, height: 844, theme: 'dark', locale: 'ja-JP' },
];
const only = process.argv[2]; // a path, to look at one page
const wanted = process.env.RENOWN_WEB_WAYS?.split(','); // names of ways, to look at some

/** Makes the window as high as the page: what sticks to its edge is then where it belongs. */
async function whole(page, { width }) {
  await page.setViewportSize({ width, height: Math.max(await page.evaluate(() => document.documentElement.scrollHeight), 600) });
  await page.waitForTimeout(100);
}

const browser = await start();
const states = { anybody: undefined };
for (const role of ['person', 'operator']) if (links[role]) states[role] = await log_in(browser, links[role]);

for (const way of ways.filter((way) => !wanted || wanted.includes(way.name))) {
  for (const [role, state] of Object.entries(states)) {
    const page = await open_page(browser, { ...way, state, missing: nowhere });
    for (const path of pages[role].filter((path) => !only || path === only)) {
      const where = `${path} (${role}, ${way.name})`;
      try {
        await page.setViewportSize({ width: way.width, height: way.height });
        const answer = await page.goto(base + path);
        const wanted_status = nowhere.includes(path) ? 404 : 200;
        expect(answer.status() === wanted_status, `${where} is answered by ${answer.status()}`);
        await settled(page);
        for (const found of await audit(page)) expect(false, `${where}: ${found}`);
        const width = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(width <= 0, `${where} is ${width} px wider than the screen`);
        expect((await page.locator('h1').count()) === 1, `${where} has not one title`);
        expect((await page.evaluate(() => document.documentElement.dir)) === (way.locale === 'ar' ? 'rtl' : 'ltr'), `${where} runs the wrong way`);
        const raw = await page.evaluate(() => document.querySelector('main').innerText.match(/\b[a-z_]+\.[a-z_]+_[a-z_]+\b|undefined|NaN|\[object/)?.[0]);
        expect(!raw, `${where} shows ${raw}`);
        await whole(page, way);
        await page.screenshot({ path: `${shots}/${way.name}/${role}${path === '/' ? '-home' : path.replaceAll('/', '-')}.png` });
      } catch (error) {
        expect(false, `${where}: ${error.message.split('\n')[0]}`);
      }
    }
    await page.context().close();
  }
}
await browser.close();
finish();
