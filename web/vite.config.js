import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';
import { ahead_of } from './scripts/ahead.mjs';

/** Writes into start.js what it asks ahead; before the shell, whose version holds its bytes. */
function ahead() {
  let text;
  return {
    name: 'renown-ahead',
    enforce: 'post',
    generateBundle(_, bundle) {
      const first = JSON.stringify(ahead_of(bundle, readFileSync('src/state/routes.ts', 'utf8')));
      text = readFileSync('public/start.js', 'utf8').replace("'__AHEAD__'", () => first);
      if (!text.includes(first)) throw new Error('public/start.js has no place for what it asks ahead');
    },
    writeBundle({ dir }) {
      writeFileSync(join(dir, 'start.js'), text);
    },
  };
}

/** Writes into the service worker which files make up the shell, and a version that changes with any of their bytes. */
function shell() {
  const fixed = ['/', '/start.js', '/manifest.webmanifest', '/icons/icon.svg', '/icons/icon-192.png'];
  return {
    name: 'renown-shell',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['service-worker.js'];
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/')).sort();
      const digest = createHash('sha256').update(JSON.stringify(assets)).update(String(bundle['index.html']?.source));
      for (const name of ['start.js', 'manifest.webmanifest']) digest.update(readFileSync(`public/${name}`));
      for (const name of readdirSync('public/icons').sort()) digest.update(readFileSync(`public/icons/${name}`));
      const files = [...fixed, ...assets.map((name) => `/${name}`)];
      worker.code = worker.code
        .replace(/["'`]__SHELL_FILES__["'`]/g, () => JSON.stringify(files))
        .replaceAll('__SHELL_VERSION__', digest.digest('hex').slice(0, 16));
    },
  };
}

/** Parts that one page alone needs; all others are fetched at once, as one file: the server speaks HTTP/1.1. */
const of_one_page = /\/parts\/(PlotLine|plot-data|plot-scale|InfluenceGraph|influence-layout|Sparkline|PlaceProof|Promises|Secret|Enter|SettingsPage|networks-known|purposes)\b/;

/** Pages that who opens one opens others of: together they weigh a quarter less. */
const together = /\/web\/src\/pages\/(settings|operator)\//;

function is_first(id) {
  if (/node_modules\/(svelte|esm-env|clsx)\//.test(id) || /\/web\/(index\.html|src\/(main\.ts|app\.css|App\.svelte))/.test(id)) return true;
  return /\/web\/src\/(parts|state|api|text)\//.test(id) && !/\.json/.test(id) && !of_one_page.test(id) && !/state\/push/.test(id);
}

export default defineConfig({
  plugins: [svelte(), ahead(), shell()],
  build: {
    target: 'es2022',
    cssTarget: ['chrome123', 'firefox121', 'safari17.5'], // light-dark()
    assetsInlineLimit: 0, // data: addresses would be content without a name of their own
    modulePreload: { polyfill: false },
    reportCompressedSize: false, // scripts/sizes.mjs says more
    manifest: true,
    rollupOptions: {
      input: { page: 'index.html', 'service-worker': 'src/service-worker/worker.ts' },
      output: {
        entryFileNames: (chunk) => (chunk.name === 'service-worker' ? 'service-worker.js' : 'assets/[name]-[hash].js'),
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
        manualChunks: (id) => (is_first(id) ? 'page' : together.exec(id)?.[1]),
      },
    },
  },
  test: { include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'] },
});
