import { expect, it } from 'vitest';
import { complete_card } from './complete';

it.each([
  [{ state: 'unscored' as const }, 'unscored', null],
  [{}, 'not_enough_data', null],
  [{ score: null, raw: 0.4 }, 'not_enough_data', null],
  [{ score: 42.3 }, 'scored', 42.3],
  [{ state: 'not_enough_data' as const, score: null, model: '' }, 'not_enough_data', null],
])('%j is %s', (given, state, score) => {
  const card = complete_card(given);
  expect([card.state, card.score]).toEqual([state, score]);
  expect(card.stale).toEqual([]);
  expect(card.model).toBe(null);
  expect(card.change).toBe(null);
});

it('keeps zero, which is known', () => expect(complete_card({ reach: 0 }).reach).toBe(0));
