import { expect, it } from 'vitest';
import { first_load_of } from './first-load.mjs';

const manifest = {
  'index.html': { file: 'a.js', css: ['a.css'], imports: ['_shared.js'], dynamicImports: ['src/pages/me/Home.svelte', 'src/pages/me/Ledger.svelte'] },
  '_shared.js': { file: 's.js', imports: ['index.html'] },
  'src/pages/me/Home.svelte': { file: 'h.js', css: ['h.css'], imports: ['_shared.js'] },
  'src/parts/PlotLine.svelte': { file: 'p.js', css: ['p.css', 'h.css'] },
  'src/pages/me/Ledger.svelte': { file: 'l.js' },
};

it('counts shared chunks once, the score, and neither its line nor another page', () => {
  expect(first_load_of(manifest)).toEqual({ scripts: ['start.js', 'a.js', 's.js', 'h.js'], styles: ['a.css', 'h.css'] });
});

it('says so when what is shown first has another name', () => {
  const { 'src/pages/me/Home.svelte': _, ...rest } = manifest;
  expect(() => first_load_of(rest)).toThrow('Home');
});
