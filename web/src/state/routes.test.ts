import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { find_route, not_found, routes } from './routes';

describe('routes', () => {
  it.each([
    ['/', '/', {}],
    ['/ledger', '/ledger', {}],
    ['/ledger/', '/ledger', {}],
    ['/admin/people', '/admin/people', {}],
    ['/join/a%2Fb', '/join/{token}', { token: 'a/b' }],
    ['/join/', '*', {}],
    ['/join/%', '*', {}],
    ['/Ledger', '*', {}],
    ['/ledger/x', '*', {}],
    ['//', '*', {}],
    ['/v1/session', '*', {}],
  ])('%s', (path, route, values) => {
    const found = find_route(path);
    expect(found.route.path).toBe(route);
    expect(found.values).toEqual(values);
  });

  it('each path once, and none that the server answers itself', () => {
    const paths = routes.map((route) => route.path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).not.toMatch(/^\/(v1|v2|1|p|badge|card|assets|icons|healthz|readyz|metrics|openapi)\b/);
    expect(not_found.who).toBe('anybody');
  });

  it('the page of paths for the server names them all', () => {
    const listed = readFileSync(new URL('../../../docs/page.md', import.meta.url), 'utf8');
    for (const route of routes) expect(listed).toContain(`\`${route.path}\``);
  });
});
