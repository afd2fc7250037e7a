/** How the line of scores lies on its picture: pixels, ticks, paths, and which days are looked at. */
import type { Columns } from './plot-data';

const day = 86_400;

/** Values from `from` to `to` on pixels from `start` to `end`, which may run the other way. */
export interface Scale {
  from: number;
  to: number;
  start: number;
  end: number;
}

export function pixel({ from, to, start, end }: Scale, value: number): number {
  return to === from ? (start + end) / 2 : start + ((value - from) / (to - from)) * (end - start);
}

export function value_at({ from, to, start, end }: Scale, at: number): number {
  return end === start ? from : from + ((at - start) / (end - start)) * (to - from);
}

/** Scores that the picture reaches from and to: those of all days with some room, whichever days are looked at. */
export function score_range([, ...columns]: Columns): [number, number] {
  const known = columns.flat().filter((value) => value !== null);
  if (known.length === 0) return [0, 102];
  const low = Math.min(...known), high = Math.max(...known);
  const room = Math.max((high - low) * 0.15, 1.5);
  return [Math.max(Math.floor(low - room), 0), Math.min(Math.ceil(high + room), 102)];
}

/** The first of `steps` that lies at least `apart` pixels from the next; the last, where none does. */
function step_of(scale: Scale, steps: readonly number[], apart: number): number {
  const pixels = Math.abs(scale.end - scale.start) / Math.max(scale.to - scale.from, 1e-9);
  return steps.find((step) => step * pixels >= apart) ?? steps.at(-1)!;
}

/** Round scores for the rules of the picture. */
export function score_ticks(scale: Scale, apart: number): number[] {
  const step = step_of(scale, [1, 2, 5, 10, 20, 50], apart), ticks: number[] = [];
  for (let tick = Math.ceil(scale.from / step) * step; tick <= scale.to; tick += step) ticks.push(tick);
  return ticks;
}

/** Days below the picture, in order: evenly apart, the newest among them. */
export function day_ticks(scale: Scale, apart: number): number[] {
  const step = step_of(scale, [1, 2, 3, 7, 14, 28, 91, 182, 364, 728].map((days) => days * day), apart), ticks: number[] = [];
  for (let tick = scale.to; tick >= scale.from; tick -= step) ticks.unshift(tick);
  return ticks;
}

/** Days without a gap, as places in the columns: where every one of `columns` is known. */
function runs_of(...columns: (number | null)[][]): number[][] {
  const runs: number[][] = [[]];
  columns[0]!.forEach((_, i) => {
    if (columns.every((column) => column[i] !== null)) runs.at(-1)!.push(i);
    else if (runs.at(-1)!.length > 0) runs.push([]);
  });
  return runs.filter((run) => run.length > 0);
}

const place = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;

/** The path of the scores. A gap stays one; a day alone is a dot (with round ends). */
export function line_of([days, scores]: Columns, x: Scale, y: Scale): string {
  const at = (i: number) => place(pixel(x, days[i]!), pixel(y, scores[i]!));
  return runs_of(scores).map((run) => `M${run.map(at).join('L')}${run.length === 1 ? 'h0' : ''}`).join('');
}

/** The path of the interval: along the high ends, and back along the low ones. */
export function band_of([days, , lows, highs]: Columns, x: Scale, y: Scale): string {
  const edge = (run: number[], ends: (number | null)[]) => run.map((i) => place(pixel(x, days[i]!), pixel(y, ends[i]!)));
  return runs_of(lows, highs).filter((run) => run.length > 1)
    .map((run) => `M${[...edge(run, highs), ...edge(run, lows).reverse()].join('L')}Z`).join('');
}

/** The place in the columns of the day nearest to a pixel. */
export function nearest([days]: Columns, x: Scale, at: number): number {
  return Math.min(Math.max(Math.round((value_at(x, at) - days[0]!) / day), 0), days.length - 1);
}

const least_drag = 8; // pixels: less is a press
const least_days = 3; // that are looked at

/** The days between two pixels, whole ones and at least three; null where the pointer was only pressed. */
export function looked_at(columns: Columns, x: Scale, pressed: number, released: number): [number, number] | null {
  if (Math.abs(released - pressed) < least_drag) return null;
  const days = columns[0];
  const [first, last] = [pressed, released].sort((a, b) => a - b).map((at) => nearest(columns, x, at)) as [number, number];
  const begin = Math.max(Math.min(first, days.length - least_days), 0);
  return [days[begin]!, days[Math.min(Math.max(last, begin + least_days - 1), days.length - 1)]!];
}
