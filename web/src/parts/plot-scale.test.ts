import { describe, expect, it } from 'vitest';
import type { Columns } from './plot-data';
import { band_of, day_ticks, line_of, looked_at, nearest, pixel, score_range, score_ticks, value_at, type Scale } from './plot-scale';

const day = 86_400;
const of_days = (...scores: (number | null)[]): Columns => [scores.map((_, i) => i * day), scores, scores, scores];
const along = (days: number, width = 100): Scale => ({ from: 0, to: days * day, start: 0, end: width });
const up: Scale = { from: 0, to: 100, start: 100, end: 0 };

it('a value is at its pixel, and a pixel at its value; a scale of one value has it in the middle', () => {
  for (const [value, at] of [[0, 100], [25, 75], [100, 0]] as const) {
    expect(pixel(up, value)).toBe(at);
    expect(value_at(up, at)).toBe(value);
  }
  expect(pixel({ from: 7, to: 7, start: 0, end: 10 }, 7)).toBe(5);
  expect(value_at({ from: 7, to: 9, start: 4, end: 4 }, 4)).toBe(7);
});

it.each([
  ['nothing known', of_days(null, null), [0, 102]],
  ['one score', of_days(50), [48, 52]],
  ['the least', of_days(1, 1), [0, 3]],
  ['the most', of_days(100), [98, 102]],
  ['far apart', of_days(20, 60), [14, 66]],
] as [string, Columns, number[]][])('the scores reach: %s', (_, columns, wanted) => expect(score_range(columns)).toEqual(wanted));

describe('ticks', () => {
  it.each([
    [{ from: 14, to: 24, start: 200, end: 0 }, 44, [15, 20]],
    [{ from: 14, to: 18, start: 200, end: 0 }, 44, [14, 15, 16, 17, 18]],
    [{ from: 0, to: 102, start: 200, end: 0 }, 44, [0, 50, 100]],
    [{ from: 0, to: 102, start: 10, end: 0 }, 44, [0, 50, 100]],
    [{ from: 5, to: 5, start: 200, end: 0 }, 44, [5]],
  ])('of scores: %j at least %i apart', (scale, apart, wanted) => expect(score_ticks(scale, apart)).toEqual(wanted));
  it.each([
    [89, 300, 28],
    [89, 1000, 14],
    [6, 700, 1],
    [1, 300, 1],
  ])('of %i days on %i pixels: every %i, in order, with the newest', (days, width, step) => {
    const ticks = day_ticks(along(days, width), 80);
    expect(ticks.at(-1)).toBe(days * day);
    for (let i = 1; i < ticks.length; ++i) expect(ticks[i]! - ticks[i - 1]!).toBe(step * day);
    expect(ticks[0]).toBeLessThan(step * day);
    expect(ticks[0]).toBeGreaterThanOrEqual(0);
  });
});

it.each([
  [[], ''],
  [[null], ''],
  [[10], 'M50.0 90.0h0'],
  [[10, 20], 'M0.0 90.0L100.0 80.0'],
  [[10, 20, null, 30, null], 'M0.0 90.0L25.0 80.0M75.0 70.0h0'],
  [[null, 0, 100], 'M50.0 100.0L100.0 0.0'],
] as [(number | null)[], string][])('the line of %j', (scores, wanted) => expect(line_of(of_days(...scores), along(Math.max(scores.length - 1, 0)), up)).toBe(wanted));

it.each([
  [[null, null], [1, 2], ''],
  [[1], [2], ''],
  [[10, 20], [30, 40], 'M0.0 70.0L100.0 60.0L100.0 80.0L0.0 90.0Z'],
  [[10, 20, null, 5], [30, 40, 50, 6], 'M0.0 70.0L33.3 60.0L33.3 80.0L0.0 90.0Z'],
] as [(number | null)[], (number | null)[], string][])('the interval from %j to %j', (lows, highs, wanted) => {
  const columns: Columns = [lows.map((_, i) => i * day), lows, lows, highs];
  expect(band_of(columns, along(lows.length - 1), up)).toBe(wanted);
});

it('the nearest day is one of those there are', () => {
  const columns = of_days(1, 2, 3, 4, 5), x = along(4);
  expect([-50, 0, 12, 13, 60, 100, 900].map((at) => nearest(columns, x, at))).toEqual([0, 0, 0, 1, 2, 4, 4]);
});

describe('days that are looked at', () => {
  const columns = of_days(...Array.from({ length: 11 }, (_, i) => i)), x = along(10);
  it.each([
    ['a press', 40, 45, null],
    ['from the left', 20, 80, [2, 8]],
    ['from the right', 80, 20, [2, 8]],
    ['beyond both ends', -30, 300, [0, 10]],
    ['less than three days', 40, 48, [4, 6]],
    ['at the end', 98, 120, [8, 10]],
  ] as [string, number, number, number[] | null][])('%s', (_, pressed, released, wanted) =>
    expect(looked_at(columns, x, pressed, released)).toEqual(wanted?.map((each) => each * day) ?? null));
  it('where there are but two, both', () => expect(looked_at(of_days(1, 2), along(1), 0, 50)).toEqual([0, day]));
});
