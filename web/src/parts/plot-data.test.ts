import { describe, expect, it } from 'vitest';
import type { History, Moment } from '../api/types';
import { columns, day_seconds, gather, model_changes, score_on, type Dot } from './plot-data';

const point = (day: string, score: number | null) => ({ day, score, low: score, high: score, model: 'm' });
const history = (...points: ReturnType<typeof point>[]): History => ({ points, models: [] });

describe('columns', () => {
  it('none and one', () => {
    expect(columns(history())).toEqual([[], [], [], []]);
    expect(columns(history(point('2026-01-01', 3)))[1]).toEqual([3]);
  });
  it('a missing day and an unknown score are gaps', () => {
    const [days, scores] = columns(history(point('2026-03-30', 4), point('2026-03-27', 1), point('2026-03-28', null)));
    expect(days).toHaveLength(4);
    expect(scores).toEqual([1, null, null, 4]);
  });
  it('is of UTC: the night the clocks change has one day like any other', () => {
    expect(columns(history(point('2026-03-28', 1), point('2026-03-30', 1)))[0]).toHaveLength(3);
  });
});

it('a dot is at the last score known by its day', () => {
  const all = columns(history(point('2026-01-01', 1), point('2026-01-02', null), point('2026-01-03', 3)));
  expect(['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03', '2026-02-01'].map((day) => score_on(all, day_seconds(day)))).toEqual([null, 1, 1, 3, 3]);
});

describe('dots', () => {
  const dot = (x: number): Dot => ({ x, y: x, moments: [{ id: String(x) } as Moment] });
  it.each([
    [[], []],
    [[5], [5]],
    [[0, 24], [0, 24]],
    [[0, 23], [11.5]],
    [[40, 0, 10, 20], [10, 40]],
  ])('%j at least 24 apart: %j', (given, wanted) => {
    const gathered = gather(given.map(dot), 24);
    expect(gathered.map((each) => Math.round(each.x * 10) / 10)).toEqual(wanted);
    expect(gathered.flatMap((each) => each.moments)).toHaveLength(given.length);
    for (let i = 1; i < gathered.length; ++i) expect(gathered[i]!.x - gathered[i - 1]!.x).toBeGreaterThanOrEqual(24 - 1e-9);
  });
});

it('the first model changed nothing', () => {
  const models = [{ from: '2026-02-01', model: 'b' }, { from: '2026-01-01', model: 'a' }];
  expect(model_changes({ points: [], models }).map((change) => change.model)).toEqual(['b']);
});
