// Prints what the page weighs as it is sent (gzip), and fails where the first load, or all of it, has more JavaScript than it may.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { first_load_limit, first_load_of, whole_limit } from './first-load.mjs';

const dist = new URL('../dist/', import.meta.url);
const manifest_file = new URL('.vite/manifest.json', dist);
const manifest = JSON.parse(readFileSync(manifest_file, 'utf8'));
const size = (file) => gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

const first = first_load_of(manifest);
const sum = (files) => files.reduce((all, file) => all + size(file), 0);
const scripts = sum(first.scripts), styles = sum(first.styles);
const as_brotli = first.scripts.reduce((all, file) => all + (existsSync(new URL(`${file}.br`, dist)) ? readFileSync(new URL(`${file}.br`, dist)).length : size(file)), 0);
const files = readdirSync(new URL('assets/', dist)).filter((name) => !name.endsWith('.br')).map((name) => `assets/${name}`);

for (const file of files.filter((name) => /\.(js|css|json)$/.test(name)).sort((a, b) => size(b) - size(a))) {
  console.log(`${kilobytes(size(file)).padStart(9)}  ${file}${first.scripts.includes(file) || first.styles.includes(file) ? '  (first load)' : ''}`);
}
const whole = sum(['start.js', 'service-worker.js', ...files.filter((name) => name.endsWith('.js'))]);
console.log(`first load, gzip: JavaScript ${kilobytes(scripts)} of ${kilobytes(first_load_limit)} (${kilobytes(as_brotli)} as Brotli), styles ${kilobytes(styles)}; ` +
  `every page, with the service worker: JavaScript ${kilobytes(whole)} of ${kilobytes(whole_limit)}`);

// An inline script or style would not run under the server's Content-Security-Policy.
const index = readFileSync(new URL('index.html', dist), 'utf8');
const inline = index.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=/i);
if (inline) fail(`dist/index.html has something inline: ${inline[0]}`);
if (scripts > first_load_limit) fail(`the first load has ${kilobytes(scripts)} of JavaScript, more than ${kilobytes(first_load_limit)}`);
if (whole > whole_limit) fail(`who opens every page loads ${kilobytes(whole)} of JavaScript, more than ${kilobytes(whole_limit)}`);

function fail(words) {
  console.error(`sizes: ${words}`);
  process.exit(1);
}
