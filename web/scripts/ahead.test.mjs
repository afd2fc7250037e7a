import { expect, it } from 'vitest';
import { ahead_of, pages_of, pattern_of } from './ahead.mjs';

const routes = `
  { path: '/', who: 'logged_in', load: () => import('../pages/me/Home.svelte') },
  { path: '/board', who: 'anybody', load: () => import('../pages/me/Board.svelte') },
  { path: '/p/{person}', who: 'anybody', load: () => import('../pages/public/Person.svelte') },
  { path: '/log-in', who: 'anybody', load: () => import('../pages/enter/LogIn.svelte') },`;

const chunk = (name, from, imports = [], styles = []) => ({ fileName: `assets/${name}.js`, facadeModuleId: from, moduleIds: from ? [from] : [], imports, viteMetadata: { importedCss: new Set(styles) } });
const bundle = Object.fromEntries(
  [
    { ...chunk('page', '/web/index.html', [], ['assets/page.css']), isEntry: true },
    chunk('home', '/web/src/pages/me/Home.svelte', ['assets/page.js', 'assets/shared.js'], ['assets/page.css', 'assets/home.css']),
    chunk('shared', null, ['assets/page.js'], ['assets/shared.css']),
    chunk('board', '/web/src/pages/me/Board.svelte', ['assets/page.js']),
    chunk('person', '/web/src/pages/public/Person.svelte', ['assets/page.js']),
    chunk('log-in', '/web/src/pages/enter/LogIn.svelte', ['assets/page.js']),
    { fileName: 'assets/en-D0xei-FX.json' },
  ].map((each) => [each.fileName, each]),
);

it('brings what a page has beside the first script, once', () => {
  const { catalogues, pages } = ahead_of(bundle, routes);
  expect(catalogues).toEqual({ en: '/assets/en-D0xei-FX.json' });
  expect(pages[0]).toEqual({ pattern: '^/$', of_oneself: true, asks: ['/v1/people/me/score', '/v1/people/me/reasons'], files: ['/assets/home.js', '/assets/shared.js', '/assets/shared.css', '/assets/home.css'] });
  expect(pages[1].files).toEqual(['/assets/board.js']);
});

it('says so when a page or a question has another name', () => {
  const { 'assets/board.js': _, ...rest } = bundle;
  expect(() => ahead_of(rest, routes)).toThrow('Board.svelte');
  expect(() => ahead_of(bundle, routes.replace("'/log-in'", "'/enter'"))).toThrow('/log-in is no page');
});

it.each([
  ['/', '/', true],
  ['/board', '/boards', false],
  ['/log-in/{token}', '/log-in/abc', true],
  ['/log-in/{token}', '/log-in/a/b', false],
  ['/p/{person}', '/p/12', true],
  ['/p/{person}', '/p/a%2fb', false], // it would become another question
])('%s holds %s: %s', (path, address, wanted) => expect(new RegExp(pattern_of(path)).test(address)).toBe(wanted));

it('reads every line of the routes', async () => {
  const { readFileSync } = await import('node:fs');
  const source = readFileSync(new URL('../src/state/routes.ts', import.meta.url), 'utf8');
  expect(pages_of(source)).toHaveLength(source.match(/\{ path: '\//g).length);
});
