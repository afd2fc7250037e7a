// Which files of a build a visitor fetches for the score itself: the page, and what Home needs.

/** Bytes of JavaScript after gzip, for everything that the first load fetches, with public/start.js. */
export const first_load_limit = 60_000;

/** The same of all JavaScript there is: the most that one visitor loads, who opens every page. Catalogues are not among it. */
export const whole_limit = 100_000;

/** What is loaded beside the page's own start to show the score. The line of 90 days comes when it is near the screen. */
const shown_first = ['src/pages/me/Home.svelte'];

/** @returns {{scripts: string[], styles: string[]}} files below dist; `manifest` is Vite's */
export function first_load_of(manifest) {
  const seen = new Set();
  const visit = (name) => {
    if (seen.has(name) || !manifest[name]) return;
    seen.add(name);
    (manifest[name].imports ?? []).forEach(visit);
  };
  visit('index.html');
  for (const name of shown_first) {
    if (!manifest[name]) throw new Error(`${name} is no chunk of the build: say in scripts/first-load.mjs what is shown first`);
    visit(name);
  }
  const chunks = [...seen].map((name) => manifest[name]);
  return {
    scripts: ['start.js', ...new Set(chunks.map((chunk) => chunk.file))],
    styles: [...new Set(chunks.flatMap((chunk) => chunk.css ?? []))],
  };
}
