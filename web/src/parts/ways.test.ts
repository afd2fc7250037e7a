import { expect, it } from 'vitest';
import { routes } from '../state/routes';
import { current, ways } from './ways';

const all = ways({ person: true, operator: true }).flatMap((group) => group.ways);

it.each([
  ['/', '/', 'page'],
  ['/settings', '/settings', 'page'],
  ['/keys', '/settings', 'true'],
  ['/keys', '/', undefined],
  ['/p/3', '/', undefined],
])('on %s the way to %s is marked %s', (path, to, wanted) => expect(current(all.find((way) => way.path === to)!, path)).toBe(wanted));

it('of those who are logged in, each page has one way that is marked', () => {
  const theirs = routes.filter(({ path, who }) => ['person', 'logged_in', 'operator'].includes(who) && !path.includes('{'));
  expect(theirs.length).toBeGreaterThan(15);
  for (const { path } of theirs) expect([path, all.filter((way) => current(way, path)).length]).toEqual([path, 1]);
});
