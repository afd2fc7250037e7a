import { describe, expect, it, vi } from 'vitest';

vi.mock('./text.svelte', () => ({ text: { tag: 'en-GB' } }));
const { ago, day, day_of_as_of, duration, network_name, number, percent, signed, unknown } = await import('./format');

describe('what is not known is a dash, never 0', () => {
  it.each([number, signed, percent, day, ago, day_of_as_of])('%o', (format: (value: null) => string) => expect(format(null)).toBe(unknown));
  it('zero is known', () => expect([number(0), signed(0, 1), percent(0)]).toEqual(['0', '0.0', '0%']));
});

it('less than nothing has a minus, not a hyphen', () => expect([number(-2), percent(-0.5)]).toEqual(['−2', '−50%']));

it('a change has its sign', () => expect([signed(1.25), signed(-0.4), signed(0.04)]).toEqual(['+1.3', '−0.4', '0.0']));

it('days are of UTC, and midnight is the day that ended then', () => {
  expect(day('2026-11-29')).toBe('29 Nov');
  expect(day_of_as_of('2026-11-30T00:00:00Z')).toBe('29 Nov');
  expect(day_of_as_of('2026-11-30T00:00:01Z')).toBe('30 Nov');
});

it.each([
  ['2026-01-10T00:00:00Z', '2 days ago'],
  ['2026-01-11T23:00:00Z', '1 hour ago'],
  ['2026-01-11T23:59:50Z', 'this minute'],
  ['2026-01-12T03:00:00Z', 'in 3 hours'],
])('%s is %s', (time, words) => expect(ago(time, Date.parse('2026-01-12T00:00:00Z'))).toBe(words));

it.each([
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '2 minutes'],
  [3_599, '60 minutes'],
  [3_600, '1 hour'],
  [72_000, '20 hours'],
  [86_400, '1 day'],
])('%d s is %s', (seconds, words) => expect(duration(seconds)).toBe(words));

it('networks are named as they name themselves', () => expect(['github', 'forum'].map(network_name)).toEqual(['GitHub', 'Forum']));
