// What visitors do on the page, by keyboard where it matters: log in, read the score and its table, ask what if, hide it,
// change language and theme, go offline, log out, erase. The last steps end the person of RENOWN_WEB_LEAVER_LINK.
import { audit, base, expect, finish, links, log_in, open_page, settled, shoot, start } from './browser.mjs';

const browser = await start();
const journeys = [];
const journey = (name, go, options = {}) => journeys.push({ name, go, options });

journey('a stranger is sent to the log-in, and a wrong password is told in a sentence', async (page) => {
  await page.goto(`${base}/ledger`);
  await page.waitForURL('**/log-in');
  await page.locator('input[autocomplete=username]').fill('nobody-at-all');
  await page.locator('input[autocomplete=current-password]').fill('wrong wrong wrong');
  await page.keyboard.press('Enter');
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect((await alert.innerText()).trim().length > 10, 'a wrong password brings no sentence');
}, { tolerate: [/401/] });

journey('the score is a meter with words', async (page) => {
  await page.goto(base);
  await settled(page);
  const meter = page.getByRole('meter');
  const now = Number(await meter.getAttribute('aria-valuenow'));
  expect(now >= 1 && now <= 100, `the meter stands at ${now}`);
  expect(((await meter.getAttribute('aria-valuetext')) ?? '').length > 5, 'the meter says nothing in words');
});

journey('by keyboard: skip link, navigation, focus that is seen', async (page) => {
  await page.goto(base);
  await settled(page);
  await page.keyboard.press('Tab');
  expect((await page.evaluate(() => document.activeElement?.getAttribute('href'))) === '#main', 'the first stop is not the skip link');
  await page.keyboard.press('Enter');
  expect((await page.evaluate(() => document.activeElement?.id)) === 'main', 'the skip link does not go to the content');
  for (let i = 0; i < 25; ++i) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return true;
      const style = getComputedStyle(element);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    if (!expect(seen, `stop ${i} has no ring: ${await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 90))}`)) break;
  }
  await page.locator('nav a[href="/ledger"]:visible').first().focus();
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ledger');
  await settled(page);
  expect((await page.evaluate(() => document.activeElement?.tagName)) === 'H1', 'after a move the focus is not on the title');
  await page.goBack();
  await settled(page);
  expect(new URL(page.url()).pathname === '/', 'back does not go back');
});

journey('targets are at least 24 px', async (page) => {
  for (const path of ['/', '/ledger', '/accounts', '/privacy', '/settings', '/influence']) {
    await page.goto(base + path);
    await settled(page);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll('button, select, input, nav a, a.button')].flatMap((element) => {
        const box = element.getBoundingClientRect();
        const is_seen = box.width > 1 && element.checkVisibility() && !element.matches('.hidden-text');
        return is_seen && (box.width < 24 || box.height < 24) ? [`${element.outerHTML.slice(0, 80)} ${box.width}x${box.height}`] : [];
      }),
    );
    expect(small.length === 0, `${path}: too small: ${small.join('; ')}`);
  }
}, { width: 390, height: 844 });

journey('each picture has its table, and a moment opens its reasons', async (page) => {
  await page.goto(base);
  await settled(page);
  const line = page.getByRole('group', { name: /90/ }).first();
  const dot = page.locator('.plot button').first();
  await dot.waitFor();
  await dot.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  for (const found of await audit(page)) expect(false, `the moments: ${found}`);
  await shoot(page, 'moment');
  await page.keyboard.press('Escape');
  expect((await page.getByRole('dialog').count()) === 0, 'Escape does not close the dialog');
  expect(await dot.evaluate((element) => element === document.activeElement), 'the focus does not come back to the dot');
  await line.getByRole('button').nth(1).click();
  const rows = await page.locator('.twin table tbody tr').count();
  expect(rows > 1, `the table of the line has ${rows} rows`);
  for (const found of await audit(page)) expect(false, `the table of the line: ${found}`);
  await page.goto(`${base}/influence`);
  await settled(page);
  const twin = page.locator('.twin .choice button').nth(1);
  if ((await twin.count()) > 0) {
    await twin.click();
    expect((await page.locator('.twin table tbody tr').count()) > 0, 'the graph has no table');
  }
});

for (const [screen, options] of Object.entries({ wide: {}, phone: { width: 390, height: 844 } })) {
  journey(`the line of 90 days is read and looked into: ${screen}`, async (page) => {
    await page.goto(base);
    await settled(page);
    const plot = page.locator('.plot'), words = page.locator('.under span'), all = page.locator('.under button');
    await page.getByRole('group', { name: /90/ }).first().scrollIntoViewIfNeeded(); // the line comes when it is near
    await plot.waitFor();
    await plot.scrollIntoViewIfNeeded();
    expect((await plot.locator('path.line').getAttribute('d')).split('M').length - 1 === 3, 'two gaps do not leave three pieces of the line');
    expect((await plot.locator('.rule').count()) === 1, 'a change of the model has no rule');
    const days = () => plot.locator('svg > text[text-anchor=middle]').allTextContents(), first = await days();
    const hint = await words.innerText(), box = await plot.boundingBox();
    const at = (share) => [box.x + 44 + (box.width - 60) * share, box.y + box.height * 0.8];
    await page.mouse.move(...at(0.9));
    expect((await words.innerText()) !== hint && /\d\.\d/.test(await words.innerText()), `pointed at, the line says ${await words.innerText()}`);
    await shoot(page, `line-${screen}`);
    await page.mouse.move(...at(0.7));
    await page.mouse.down();
    await page.mouse.move(...at(0.85), { steps: 4 });
    await page.mouse.up();
    await all.waitFor();
    expect(String(await days()) !== String(first), 'a drag across the line does not look closer');
    await shoot(page, `line-near-${screen}`);
    await all.click();
    expect(String(await days()) === String(first) && (await all.count()) === 0, 'not all days come back');
    await page.mouse.move(10, 10);
    expect((await words.innerText()) === hint, 'what was pointed at is still told');
  }, options);
}

journey('what if: leaving a network out gives another score', async (page) => {
  await page.goto(`${base}/what-if`);
  await settled(page);
  const box = page.locator('fieldset input[type=checkbox]').first();
  if ((await box.count()) === 0) return;
  const asked = page.waitForRequest((request) => request.url().endsWith('/what-if') && request.method() === 'POST');
  await box.check();
  const request = await asked;
  expect(Boolean(request.headers()['x-csrf-token']), 'a POST goes out without the CSRF token');
  expect(Boolean(request.headers()['idempotency-key']), 'a POST goes out without an idempotency key');
  await page.locator('.numbers').waitFor();
  expect(/\d/.test(await page.locator('.answer').innerText()), 'what if answers no number');
  await shoot(page, 'what-if');
});

/** What has to be scrolled sideways, in words. */
const sideways = (page) => page.evaluate(() => [document.documentElement, ...document.querySelectorAll('main *')]
  .filter((element) => element.clientWidth > 0 && element.scrollWidth > element.clientWidth && (element === document.documentElement || /auto|scroll/.test(getComputedStyle(element).overflowX)))
  .map((element) => `${element.outerHTML.slice(0, 60)} has ${element.scrollWidth} px in ${element.clientWidth}`));

for (const [width, theme, locale] of [[390, 'light', 'en-GB'], [390, 'dark', 'de-DE'], [390, 'light', 'ar'], [1280, 'dark', 'ar'], [1280, 'light', 'de-DE'], [320, 'light', 'ja-JP']]) {
  journey(`several are compared, and nothing is scrolled sideways: ${width}, ${theme}, ${locale}`, async (page) => {
    await page.goto(`${base}/compare`);
    await settled(page);
    const boxes = page.locator('.choices input');
    const count = Math.min(await boxes.count(), 4);
    for (let i = 0; i < count; ++i) await boxes.nth(i).check();
    await settled(page);
    await page.locator('.compared .me').waitFor();
    const shown = await page.locator('.compared > li:not(.scale)').count();
    expect(count > 0 && shown === count + 1, `${count} were chosen and ${shown} are compared`);
    await shoot(page, `compare-${width}-${theme}-${locale}`, { fullPage: true });
    for (const what of ['picture', 'table']) {
      await page.locator('.twin .choice button').nth(what === 'table' ? 1 : 0).click();
      for (const found of [...(await sideways(page)), ...(await audit(page))]) expect(false, `the ${what}: ${found}`);
    }
    await shoot(page, `compare-table-${width}-${theme}-${locale}`);
    expect((await page.locator('.twin tbody').count()) === shown, 'the table has not as many as the picture');
  }, { width, height: 844, theme, locale });
}

for (const [width, theme, locale] of [[390, 'dark', 'ar'], [1280, 'light', 'de-DE']]) {
  journey(`what a letter leads to stands on a card, and what became of it is told in a sentence: ${width}, ${locale}`, async (page) => {
    for (const path of ['/confirm-address/no-such-token', '/unsubscribe/no-such-token']) {
      await page.goto(base + path);
      await settled(page);
      await page.locator('.card h1').waitFor();
      if (path.startsWith('/unsubscribe')) await page.locator('.card .first').click();
      await page.locator('.card').locator('[role=alert], [role=status]').waitFor();
      for (const found of [...(await sideways(page)), ...(await audit(page))]) expect(false, `${path}: ${found}`);
      await shoot(page, `letter-${path.split('/')[1]}-${width}-${theme}-${locale}`);
    }
  }, { width, height: 844, theme, locale, tolerate: [/status of 4\d\d/] });
}

journey('the score can be hidden and shown again', async (page) => {
  await page.goto(base);
  await settled(page);
  await page.locator('.foot button').click();
  await page.locator('.hidden-score').waitFor();
  expect((await page.getByRole('meter').count()) === 0, 'a hidden score is still on the dial');
  await settled(page);
  expect((await page.locator('.points, .gauge, .plot, .move').count()) === 0, 'the score is hidden and points are still told');
  await shoot(page, 'hidden');
  await page.locator('.head button').first().click();
  await page.getByRole('meter').waitFor();
});

journey('language and theme are kept, and there before the first paint', async (page) => {
  await page.goto(`${base}/settings`);
  await settled(page);
  await page.locator('select').first().selectOption('ar');
  await page.waitForFunction(() => document.documentElement.dir === 'rtl');
  await page.locator('select').nth(1).selectOption('dark');
  await page.goto(base);
  const early = await page.evaluate(() => [document.documentElement.dir, document.documentElement.dataset.theme]);
  expect(early.join() === 'rtl,dark', `before the first paint the page is ${early.join()}`);
  await settled(page);
  await page.goto(`${base}/settings`);
  await settled(page);
  await page.locator('select').first().selectOption('en');
  await page.waitForFunction(() => document.documentElement.dir === 'ltr');
});

journey('keys are shown once', async (page) => {
  await page.goto(`${base}/keys`);
  await settled(page);
  await page.locator('form input').first().fill('a test of the page');
  await page.locator('form button.first').click();
  const secret = page.locator('.secret code');
  await secret.waitFor();
  const key = await secret.innerText();
  expect(key.startsWith('rnk_'), `a key looks like this: ${key.slice(0, 4)}`);
  for (const found of await audit(page)) expect(false, `a new key: ${found}`);
  await page.reload();
  await settled(page);
  expect(!(await page.content()).includes(key), 'a key is shown again');
});

journey('with motion reduced nothing moves', async (page) => {
  await page.goto(base);
  await settled(page);
  const moving = await page.evaluate(() => document.getAnimations().filter((animation) => (animation.effect?.getComputedTiming().duration ?? 0) > 1).length);
  expect(moving === 0, `${moving} things move although the visitor asked for none`);
});

journey('at 320 px and 400 % everything can be read', async (page) => {
  for (const path of ['/', '/ledger', '/privacy', '/compare', '/accounts']) {
    await page.goto(base + path);
    await settled(page);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(beyond <= 0, `${path} is ${beyond} px wider than 320`);
  }
}, { width: 320, height: 640 });

journey('offline: the shell and the last score, with the word', async (page, context) => {
  await page.goto(base);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await settled(page);
  const score = await page.getByRole('meter').getAttribute('aria-valuenow').catch(() => null);
  await context.setOffline(true);
  await page.reload();
  await page.locator('.offline').waitFor({ timeout: 10_000 });
  expect((await page.getByRole('meter').getAttribute('aria-valuenow')) === score, 'offline the score is another one');
  await shoot(page, 'offline');
  for (const found of await audit(page)) expect(false, `offline: ${found}`);
  await page.goto(`${base}/ledger`);
  await page.getByRole('alert').waitFor();
  const kept = await page.evaluate(async () => {
    const all = [];
    for (const name of await caches.keys()) for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
    return all.filter((path) => path.startsWith('/v1/'));
  });
  expect(kept.length > 0 && kept.every((path) => path === '/v1/session' || path.startsWith('/v1/people/me')), `kept on the device: ${kept.join(' ')}`);
  expect(!kept.some((path) => /ledger|influence|lookups/.test(path)), `others are kept on the device: ${kept.join(' ')}`);
  await context.setOffline(false);
}, { workers: 'allow', tolerate: [/ERR_INTERNET_DISCONNECTED|Failed to load resource|Failed to fetch/] });

journey('after the log-out nothing is left on the device', async (page) => {
  await page.goto(base);
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.reload();
  await settled(page);
  const own = () => page.evaluate(async () => (await caches.has('renown-mine')) ? (await (await caches.open('renown-mine')).keys()).length : 0);
  expect((await own()) > 0, 'nothing was kept before the log-out, so this proves nothing');
  await page.locator('.who button').click();
  await page.waitForURL('**/log-in');
  await page.waitForTimeout(500);
  expect((await own()) === 0, `after the log-out ${await own()} answers are still on the device`);
}, { workers: 'allow', own_session: true });

journey('a push message leads to a page of ours and nowhere else', async (page, context) => {
  const session = await context.newCDPSession(page);
  await context.grantPermissions(['notifications'], { origin: base });
  await page.goto(base);
  const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope);
  await page.reload();
  await session.send('ServiceWorker.enable');
  const registration = await new Promise((resolve) => {
    session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => registrations.forEach((each) => each.scopeURL === scope && resolve(each.registrationId)));
    setTimeout(() => resolve(null), 3000);
  });
  if (!expect(registration !== null, 'the service worker has no registration')) return;
  await session.send('ServiceWorker.deliverPushMessage', { origin: base, registrationId: registration, data: JSON.stringify({ title: 'Moved', body: '+1.2', url: 'https://elsewhere.example/' }) });
  await page.waitForTimeout(800);
  const shown = await page.evaluate(async () => (await (await navigator.serviceWorker.ready).getNotifications()).map(({ title, body, data }) => ({ title, body, data })));
  expect(shown.length === 1 && shown[0].title === 'Moved' && shown[0].data === '/', `a push message shows ${JSON.stringify(shown)}`);
}, { workers: 'allow' });

if (links.operator) {
  for (const [width, theme, locale] of [[1280, 'light', 'en-GB'], [390, 'dark', 'ar'], [390, 'light', 'de-DE']]) {
    journey(`what can be done with a person stands in a menu, and red is in the question alone: ${width}, ${locale}`, async (page) => {
      await page.goto(`${base}/admin/people`);
      await settled(page);
      expect((await page.locator('main .danger').count()) === 0, 'a row has a red button');
      const opener = page.locator('li [aria-expanded]').first(), acts = page.locator('.acts button');
      await opener.focus();
      await page.keyboard.press('Enter');
      expect((await acts.count()) === 2 && (await opener.getAttribute('aria-expanded')) === 'true', 'Enter does not open the menu');
      for (const found of [...(await sideways(page)), ...(await audit(page))]) expect(false, `the menu: ${found}`);
      await shoot(page, `menu-${width}-${theme}-${locale}`);
      await page.keyboard.press('Escape');
      expect((await acts.count()) === 0 && (await opener.evaluate((element) => element === document.activeElement)), 'Escape does not lead from the menu to its button');
      await page.keyboard.press('Enter');
      for (let i = 0; i < 3; ++i) await page.keyboard.press('Tab');
      expect((await acts.count()) === 0, 'the menu stays open behind the focus');
      await opener.click();
      await page.locator('h1').click();
      expect((await acts.count()) === 0, 'a press elsewhere leaves the menu open');
      await opener.focus();
      await page.keyboard.press('Enter');
      for (let i = 0; i < 2; ++i) await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('dialog .danger').waitFor();
      for (const found of await audit(page)) expect(false, `the question before a branch is cut: ${found}`);
      await page.keyboard.press('Escape');
      expect(await opener.evaluate((element) => element === document.activeElement), 'the focus does not come back to the row');
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      await page.locator('li [aria-expanded]').last().click();
      for (const act of await acts.all()) expect(await act.evaluate((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return document.elementFromPoint(x + width / 2, y + height / 2) === element;
      }), 'an act of the last row is covered');
    }, { width, height: 844, theme, locale, operator: true });
  }
}

if (process.env.RENOWN_WEB_APPELLANT_LINK && links.operator) {
  const wide = { width: 1280, height: 900 }, phone = { width: 390, height: 844 };
  const look_at = async (page, name) => {
    for (const [size, at] of Object.entries({ wide, phone })) {
      await page.setViewportSize(at);
      await page.waitForTimeout(200);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(beyond <= 0, `${name} is ${beyond} px wider than ${at.width}`);
      for (const found of await audit(page)) expect(false, `${name} at ${at.width}: ${found}`);
      await shoot(page, `${name}-${size}`, { fullPage: true });
    }
    await page.setViewportSize(wide);
  };

  journey('a finding is appealed against, upheld, appealed against again, pardoned, and the pardon withdrawn', async (page) => {
    const operator = await open_page(browser, { state: of_operator });
    await page.goto(`${base}/privacy`);
    await settled(page);
    const finding = page.locator('#findings article');
    await finding.waitFor();
    await look_at(page, 'finding');
    const appeal = async (words) => {
      await finding.getByRole('textbox').focus();
      await page.keyboard.type(words);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await finding.getByText(words).waitFor();
    };
    await appeal('We are a class, and go through one list together.');
    await look_at(page, 'finding-appealed');

    await operator.goto(`${base}/admin/findings`);
    await settled(operator);
    await operator.getByText('We are a class').waitFor();
    await look_at(operator, 'findings-waiting');
    const pardon = operator.getByRole('button', { name: 'Pardon', exact: true });
    expect(await pardon.isDisabled(), 'a pardon without a sentence can be pressed');
    await operator.getByRole('textbox').fill('The list is sold by the authors.');
    await operator.getByRole('button', { name: 'Uphold' }).click();
    await operator.getByText('Nobody is waiting for an answer.').waitFor();

    await page.reload();
    await finding.getByText('The list is sold').waitFor();
    await finding.getByRole('button').last().click();
    await appeal('It is not. Ask our school.');
    await operator.reload();
    await settled(operator);
    await operator.getByRole('textbox').fill('Your school says so.');
    await operator.getByRole('radio').last().check();
    await pardon.click();
    await operator.getByText('Nobody is waiting for an answer.').waitFor();
    await page.reload();
    await finding.getByText('Your school says so.').waitFor();
    await look_at(page, 'finding-pardoned');

    await look_at(operator, 'findings-pardoned');
    await operator.getByRole('button', { name: 'Withdraw…' }).first().click();
    await operator.getByRole('dialog').getByRole('textbox').fill('The school knows of no such class.');
    await look_at(operator, 'findings-withdraw');
    await operator.getByRole('dialog').getByRole('button', { name: 'Withdraw', exact: true }).click();
    await operator.getByText('Nobody is pardoned.').waitFor();
    await operator.context().close();
  }, { appellant: true });

  for (const [theme, locale] of [['dark', 'de-DE'], ['light', 'ar'], ['dark', 'ja-JP']]) {
    journey(`a finding in ${locale}, ${theme}`, async (page) => {
      await page.goto(`${base}/privacy`);
      await settled(page);
      await page.locator('#findings article').waitFor();
      await look_at(page, `finding-${locale}`);
      const operator = await open_page(browser, { theme, locale, state: of_operator });
      await operator.goto(`${base}/admin/findings`);
      await settled(operator);
      await look_at(operator, `findings-${locale}`);
      await operator.context().close();
    }, { appellant: true, theme, locale });
  }
}

if (process.env.RENOWN_WEB_LEAVER_LINK) {
  journey('leaving takes two clicks', async (page) => {
    await page.goto(`${base}/privacy`);
    await settled(page);
    await page.locator('button.danger').last().click();
    await page.getByRole('dialog').locator('button.danger').waitFor();
    for (const found of await audit(page)) expect(false, `the question before erasing: ${found}`);
    await shoot(page, 'erase');
    await page.getByRole('dialog').locator('button.danger').click();
    await page.waitForURL('**/log-in');
    await page.getByRole('status').first().waitFor();
    await page.goto(`${base}/privacy`);
    await page.waitForURL('**/log-in');
  }, { leaver: true });
}

// Once each: an address may try ten log-ins a minute.
const state = await log_in(browser, links.person);
const of_operator = links.operator ? await log_in(browser, links.operator) : undefined;
const appellant = process.env.RENOWN_WEB_APPELLANT_LINK ? await log_in(browser, process.env.RENOWN_WEB_APPELLANT_LINK) : undefined;
for (const { name, go, options } of journeys) {
  const own = options.operator ? of_operator : options.appellant ? appellant : options.leaver ? await log_in(browser, process.env.RENOWN_WEB_LEAVER_LINK) : options.own_session ? await log_in(browser, process.env.RENOWN_WEB_SECOND_LINK ?? links.person) : state;
  const page = await open_page(browser, { ...options, state: name.startsWith('a stranger') ? undefined : own });
  try {
    await go(page, page.context());
    console.log(`walked: ${name}`);
  } catch (error) {
    expect(false, `${name}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
  }
  await page.context().close();
}
await browser.close();
finish();
