import { describe, expect, it } from 'vitest';
import { lay_out, overlap, shortened, type Box, type InfluenceLayout, type Someone } from './influence-layout';

/** As wide as a wide font at 13 px would be; ideographs and pictures twice. */
const measure = (text: string) => [...text].reduce((all, letter) => all + (letter.codePointAt(0)! > 0x2e80 ? 14 : 8), 0);

const name_sets: Record<string, (i: number) => string | null> = {
  nobody: () => null,
  short: (i) => `P${i}`,
  long: (i) => `Bartholomäus Featherstonehaugh-Cholmondeley the ${i}th`,
  one_word: (i) => 'W'.repeat(90) + i,
  ideographs: (i) => `山田花子太郎左衛門尉佐藤${i}`,
  mixed: (i) => (i % 3 === 0 ? null : i % 3 === 1 ? `مريم عبد الرحمن ${i}` : `👩‍👩‍👧‍👦 family ${i}`),
};
const part_sets: Record<string, (i: number) => number> = { equal: () => 1, falling: (i) => 1 / (i + 1), one: (i) => (i === 0 ? 5000 : 0) };

function people(count: number, name: (i: number) => string | null, part: (i: number) => number, influenced_share: number): Someone[] {
  return Array.from({ length: count }, (_, i) => ({
    id: `p${i}`, name: name(i), part: part(i), side: (i * 7919) % 100 < influenced_share * 100 ? ('influenced' as const) : ('influencers' as const),
  }));
}

function boxes(layout: InfluenceLayout): Box[] {
  const around = (x: number, y: number, r: number): Box => ({ left: x - r, top: y - r, right: x + r, bottom: y + r });
  return [around(layout.x, layout.y, layout.radius), ...layout.dots.flatMap((dot) => [around(dot.x, dot.y, dot.radius), ...(dot.label ? [dot.label.box] : [])])];
}

/** What lies over something else or over the rim, in words. */
function wrong_of(layout: InfluenceLayout): string[] {
  const all = boxes(layout), wrong: string[] = [];
  all.forEach((box, i) => {
    if (box.left < 0 || box.top < 0 || box.right > layout.width || box.bottom > layout.height) wrong.push(`${i} leaves the picture`);
    for (let j = i + 1; j < all.length; ++j) if (overlap(box, all[j]!)) wrong.push(`${i} lies over ${j}`);
  });
  return wrong;
}

describe.each([264, 326, 600, 1000])('%i px wide', (width) => {
  it('1 to 60 people, with long names and with all kinds of them: nothing lies over anything', () => {
    const parts = Object.values(part_sets), names = Object.values(name_sets);
    for (let count = 1; count <= 60; ++count) {
      for (const name of [name_sets.long!, names[count % names.length]!]) {
        const layout = lay_out(people(count, name, parts[count % parts.length]!, (count % 5) / 4), width, 'You', measure);
        expect(wrong_of(layout), `${count} people`).toEqual([]);
        expect(layout.dots.length).toBe(count);
      }
    }
  }, 60_000);
});

it('the test would see two things over each other', () => {
  const layout = lay_out(people(2, name_sets.short!, part_sets.equal!, 1), 326, 'You', measure);
  layout.dots[1]!.x = layout.dots[0]!.x + 1;
  layout.dots[1]!.y = layout.dots[0]!.y;
  expect(wrong_of(layout)).toContain('1 lies over 3');
});

it('nobody is one in the middle', () => {
  expect(lay_out([], 326, 'You', measure)).toMatchObject({ width: 326, x: 163, dots: [] });
});

it('the same people lie the same way, in whatever order they come', () => {
  const all = people(40, name_sets.mixed!, part_sets.equal!, 0.5);
  expect(lay_out([...all].reverse(), 600, 'You', measure)).toEqual(lay_out(all, 600, 'You', measure));
});

it('of one side the strongest is nearest, and who is reached lies to the right', () => {
  const { dots, x, y } = lay_out(people(30, name_sets.nobody!, part_sets.falling!, 0.5), 1000, 'You', measure);
  const far = (dot: (typeof dots)[number]) => Math.hypot((dot.x - x) / 500, (dot.y - y) / 220);
  const right = dots.filter((dot) => dot.side === 'influenced');
  expect(Math.min(...right.map(far))).toBe(far(right[0]!));
  expect(right.every((dot) => dot.x >= x)).toBe(true);
  expect(dots.filter((dot) => dot.side === 'influencers').every((dot) => dot.x <= x)).toBe(true);
});

it.each([
  [24, 820],
  [34, 820],
  [60, 820],
  [34, 1000],
  [34, 326],
])('%i people fill a picture of %i px', (count, width) => {
  const { dots, height } = lay_out(people(count, name_sets.nobody!, part_sets.falling!, 0.7), width, 'You', measure);
  const span = (all: number[]) => Math.max(...all) - Math.min(...all);
  expect(span(dots.map((dot) => dot.x)) / width).toBeGreaterThan(2 / 3);
  expect(span(dots.map((dot) => dot.y)) / height).toBeGreaterThan(2 / 3);
});

it('a phone keeps the picture in reach: thirty people are no higher than two thirds of its screen', () => {
  expect(lay_out(people(30, name_sets.long!, part_sets.falling!, 0.5), 326, 'You', measure).height).toBeLessThanOrEqual(560);
});

it.each([
  ['Ada', 120, 'Ada'],
  ['Bartholomäus', 64, 'Barthol…'],
  ['Ada Lovelace', 42, 'Ada…'],
  ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 100, '👩‍👩‍👧‍👦…'],
  ['W', 1, 'W…'],
])('%s within %i px is %s', (name, most, wanted) => expect(shortened(name, most, measure)).toBe(wanted));
