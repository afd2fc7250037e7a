import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

/** Writes into the service worker which files make up the shell, and a version that changes with any of their bytes. */
function shell() {
  const fixed = ['/', '/appearance.js', '/manifest.webmanifest', '/icons/icon.svg', '/icons/icon-192.png'];
  return {
    name: 'renown-shell',
    enforce: 'post',
    generateBundle(_, bundle) {
      const worker = bundle['service-worker.js'];
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/')).sort();
      const digest = createHash('sha256').update(JSON.stringify(assets)).update(String(bundle['index.html']?.source));
      for (const name of ['appearance.js', 'manifest.webmanifest']) digest.update(readFileSync(`public/${name}`));
      for (const name of readdirSync('public/icons').sort()) digest.update(readFileSync(`public/icons/${name}`));
      const files = [...fixed, ...assets.map((name) => `/${name}`)];
      worker.code = worker.code
        .replace(/["'`]__SHELL_FILES__["'`]/g, () => JSON.stringify(files))
        .replaceAll('__SHELL_VERSION__', digest.digest('hex').slice(0, 16));
    },
  };
}

/** Parts that one page alone needs; all others are fetched at once, as one file: the server speaks HTTP/1.1. */
const of_one_page = /\/parts\/(PlotLine|plot-data|InfluenceGraph|Sparkline|PlaceProof|Secret|Enter|SettingsPage|networks-known|purposes)\b/;

function is_core(id) {
  if (/node_modules\/(svelte|esm-env|clsx|@formatjs|intl-messageformat|tslib)\//.test(id)) return true;
  return /\/web\/src\/(parts|state|api|text)\//.test(id) && !/\.json/.test(id) && !of_one_page.test(id) && !/state\/push/.test(id);
}

export default defineConfig({
  plugins: [svelte(), shell()],
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
        manualChunks: (id) => (is_core(id) ? 'core' : undefined),
      },
    },
  },
  test: { include: ['src/**/*.test.ts', 'scripts/**/*.test.mjs'] },
});
