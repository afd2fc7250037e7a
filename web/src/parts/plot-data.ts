/** History as the line draws it: columns, dots that do not lie on each other, and where the model changed. */
import type { History, Moment } from '../api/types';

export type Columns = [number[], (number | null)[], (number | null)[], (number | null)[]];

/** Seconds since 1970 of a day in UTC. */
export function day_seconds(day: string): number {
  return Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 1000;
}

/** One column a series: day, score, low, high; a day without a point is a gap, not a line through it. */
export function columns(history: History): Columns {
  const by_day = new Map(history.points.map((point) => [day_seconds(point.day), point]));
  const days = [...by_day.keys()].sort((a, b) => a - b);
  const all: number[] = [];
  for (let day = days[0] ?? 0; days.length > 0 && day <= days.at(-1)!; day += 86_400) all.push(day);
  const column = (name: 'score' | 'low' | 'high') => all.map((day) => by_day.get(day)?.[name] ?? null);
  return [all, column('score'), column('low'), column('high')];
}

/** The height of a dot: the score of its day, else of the last day before it. */
export function score_on(columns: Columns, day: number): number | null {
  const [days, scores] = columns;
  for (let i = days.length - 1; i >= 0; --i) if (days[i]! <= day && scores[i] !== null) return scores[i]!;
  return null;
}

export interface Dot {
  x: number;
  y: number;
  moments: Moment[];
}

/** Dots that would be nearer to each other than `apart` pixels become one, at the mean of their places. */
export function gather(dots: readonly Dot[], apart: number): Dot[] {
  const gathered: Dot[] = [];
  for (const dot of [...dots].sort((a, b) => a.x - b.x)) {
    const last = gathered.at(-1);
    if (!last || dot.x - last.x >= apart) {
      gathered.push({ ...dot, moments: [...dot.moments] });
      continue;
    }
    const before = last.moments.length;
    const now = dot.moments.length;
    last.x = (last.x * before + dot.x * now) / (before + now);
    last.y = (last.y * before + dot.y * now) / (before + now);
    last.moments.push(...dot.moments);
  }
  return gathered;
}

/** Days on which a new model took over: the first model of all changed nothing. */
export function model_changes(history: History): { day: number; model: string }[] {
  return [...history.models].sort((a, b) => a.from.localeCompare(b.from)).slice(1).map(({ from, model }) => ({ day: day_seconds(from), model }));
}
