// Lighthouse as a phone on slow 4G: the log-in, the board, somebody's page, and one's own score. What does not depend on
// the load of the machine is held to 95 of 100; performance is printed, with what it is made of.
import { chromium } from 'playwright-core';
import lighthouse from 'lighthouse';
import { base, browser_path, expect, finish, links, log_in_on, settled } from './browser.mjs';

const least = 95;
const held = ['accessibility', 'best-practices', 'seo'];
const port = Number(process.env.RENOWN_WEB_DEBUG_PORT ?? 9555);

const context = await chromium.launchPersistentContext('', { executablePath: browser_path, args: ['--no-sandbox', '--disable-dev-shm-usage', `--remote-debugging-port=${port}`] });
const page = await context.newPage();
const board = await (await page.request.get(`${base}/v1/board`)).json();
const somebody = board.items[0]?.person.id;
expect(somebody !== undefined, 'nobody is on the board, so there is no public page to look at');

await look('log-in', '/log-in');
await look('board', '/board');
if (somebody !== undefined) await look('a person', `/p/${somebody}`);
await log_in_on(page, links.person);
await settled(page);
await look('score', '/');
await context.close();
finish();

async function look(name, path) {
  const ran = await lighthouse(base + path, { port, output: 'json', logLevel: 'error', maxWaitForLoad: 120_000 }, { extends: 'lighthouse:default' });
  const { categories, audits, runtimeError } = ran.lhr;
  if (!expect(!runtimeError, `${name}: ${runtimeError?.message}`)) return;
  const scores = Object.fromEntries(Object.entries(categories).map(([id, { score }]) => [id, Math.round(score * 100)]));
  const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift', 'speed-index'].map((id) => `${id} ${audits[id].displayValue}`);
  console.log(`${name}: ${Object.entries(scores).map(([id, score]) => `${id} ${score}`).join(', ')}`);
  console.log(`    ${times.join(', ')}`);
  for (const id of held) expect(scores[id] >= least, `${name}: ${id} is ${scores[id]}, less than ${least}: ${failed(categories[id], audits)}`);
  for (const id of ['performance', ...held]) if (scores[id] < 100) console.log(`    ${id} lost by: ${failed(categories[id], audits)}`);
}

function failed(category, audits) {
  return category.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 0.9).map(({ id }) => id).join(', ') || 'nothing much';
}
