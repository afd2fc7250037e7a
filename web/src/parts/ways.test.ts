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

it.each([
  [{ person: true, operator: false }, ['/', '/ledger', '/accounts', '/privacy']],
  [{ person: true, operator: true }, ['/', '/ledger', '/accounts', '/privacy']],
  [{ person: false, operator: true }, ['/admin', '/admin/sources', '/admin/people', '/admin/findings']],
])('the bar of a phone begins with their work: %j', (who, wanted) =>
  expect(ways(who).flatMap((group) => group.ways).filter((way) => way.tab).map((way) => way.path)).toEqual(wanted));
