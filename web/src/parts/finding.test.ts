import { expect, it } from 'vitest';
import { cost_of, open_appeal, times_as_close } from './finding';

it.each([
  [{ density: 0.75, reference_density: 0.25 }, 3],
  [{ density: null, reference_density: null }, null],
  [{ density: 0.75, reference_density: null }, null],
  [{ density: 0.75, reference_density: 0 }, null],
  [{ density: 0, reference_density: 0.25 }, 0],
])('%j is %s times as close', (finding, wanted) => expect(times_as_close(finding)).toBe(wanted));

it.each([
  [{ score: 20, score_if_pardoned: 28.5, points: 8.5 }, 'points'],
  [{ score: 20, score_if_pardoned: 20, points: 0 }, 'none'],
  [{ score: 20, score_if_pardoned: 20.04, points: 0.04 }, 'none'],
  [{ score: 20, score_if_pardoned: 19, points: -1 }, 'points'],
  [{ score: null, score_if_pardoned: 9, points: null }, 'first'],
  [{ score: null, score_if_pardoned: null, points: null }, 'unknown'],
  [{ score: 9, score_if_pardoned: null, points: null }, 'unknown'],
])('%j costs %s', (finding, wanted) => expect(cost_of(finding)).toBe(wanted));

it('knows the appeal that is open', () => {
  expect(open_appeal({ appeals: [] })).toBe(undefined);
  expect(open_appeal({ appeals: [{ state: 'upheld' }] })).toBe(undefined);
  expect(open_appeal({ appeals: [{ state: 'upheld' }, { state: 'open' }] })).toEqual({ state: 'open' });
});
