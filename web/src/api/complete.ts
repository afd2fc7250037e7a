/** Answers leave out what does not apply to who asks: here every field is there, and what is not known is null. */
import type { Card, Numbers } from './types';

const nothing: Card = {
  state: 'unscored', score: null, low: null, high: null, vouched_score: null, bound_score: null, percentile: null, percentile_here: null,
  coverage: null, raw: null, reach: null, amplification: null, interactions: null, model: null, as_of: null, protection: null,
  missing: null, stale: [], hidden: false, change: null,
};

/** A whole card. Numbers without a state (both sides of a what-if) are a score, or not enough data for one. */
export function complete_card(given: Numbers): Card {
  const state = given.state ?? (given.score == null ? 'not_enough_data' : 'scored');
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== null && value !== ''));
  return { ...nothing, ...known, state };
}
