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
    ['/p/12', '/p/{person}', { person: '12' }],
    ['/p', '*', {}],
  ])('%s', (path, route, values) => {
    const found = find_route(path);
    expect(found.route.path).toBe(route);
    expect(found.values).toEqual(values);
  });

  it('each path once, and none that the server answers itself', () => {
    const paths = routes.map((route) => route.path);
    expect(new Set(paths).size).toBe(paths.length);
    for (const path of paths) expect(path).not.toMatch(/^\/(v1|v2|1|badge|card|assets|icons|healthz|readyz|metrics|openapi)\b/);
    expect(not_found.who).toBe('anybody');
  });

  it('are those that the server answers with this page, and no others: any other is 404', () => {
    const header = readFileSync(new URL('../../../src/api/page_paths.h', import.meta.url), 'utf8');
    const served = [...header.matchAll(/"(\/[^"]*)"/g)].map((match) => match[1]);
    expect([...served, '/p/{person}'].sort()).toEqual(routes.map((route) => route.path).sort());
  });

  it('the page of paths for the server names them all', () => {
    const listed = readFileSync(new URL('../../../docs/page.md', import.meta.url), 'utf8');
    for (const route of routes) expect(listed).toContain(`\`${route.path}\``);
  });
});
