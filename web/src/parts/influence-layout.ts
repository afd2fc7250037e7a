/** Places of people around one in the middle: no dot and no name lies over another, and the same people lie the same way. */

export type Side = 'influencers' | 'influenced';

export interface Someone {
  id: string;
  side: Side;
  name: string | null; // null: has not joined
  part: number;
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Dot extends Someone {
  x: number;
  y: number;
  radius: number;
  label: { text: string; x: number; y: number; box: Box } | null; // x is its middle, y its baseline
}

export interface InfluenceLayout {
  width: number;
  height: number;
  x: number; // the middle
  y: number;
  radius: number; // of the one in the middle
  dots: Dot[];
}

const edge = 4; // px that stay free at the rim
const gap = 3; // px between any two things at the least
const narrow_gaps = [16, 10, 6, gap]; // px between dots, where they are many
const widest_gap = 96; // px: so few that they would fill the picture stay a group
const filled = 0.85; // of the picture, by dots and what is between them: where to begin to try
const line = 17; // px, height of a name of 13 px
const baseline = 13; // px from the top of that height
const least_radius = 4; // px
const largest_radius = 16; // px
const grid = 10; // px between the places that are tried
const higher = 36; // px that are added where not all fit
const widest_name = 120; // px
const px_per_name = 24; // so much of the width for each name that is shown; the table has them all

/**
 * Strongest first, each takes the free place nearest to the middle in its side's sector: who is reached lies to the right.
 * Dots stand as far apart as there is room for, so that few fill the picture too; where it is too low for all it grows.
 *
 * @param width   px, >= 240
 * @param me      the word in the middle
 * @param measure width of a text in px
 */
export function lay_out(people: readonly Someone[], width: number, me: string, measure: (text: string) => number): InfluenceLayout {
  const radius = Math.max(21, Math.ceil(measure(me) / 2) + 8);
  const ordered = [...people].sort((a, b) => b.part - a.part || (a.side + a.id < b.side + b.id ? -1 : 1));
  const names = new Map(ordered.filter((each) => each.name).slice(0, Math.floor(width / px_per_name)).map((each) => [each, shortened(each.name!, widest_name, measure)]));
  for (let height = Math.min(Math.max(width * 0.6, 300), 440); ; height += higher) {
    for (const apart of gaps_in(width, height, ordered.length)) {
      const dots = place_all(ordered, names, width, height, radius, apart, measure);
      if (dots !== null) return { width, height, x: width / 2, y: height / 2, radius, dots };
    }
  }
}

/** Px between dots, the widest first: the first that has room for all is taken. */
function gaps_in(width: number, height: number, count: number): number[] {
  const widest = Math.min(Math.sqrt((filled * width * height) / Math.max(count, 1)) - 2 * largest_radius, widest_gap);
  const wide: number[] = [];
  for (let apart = widest; apart > narrow_gaps[0]!; apart *= 0.8) wide.push(apart);
  return [...wide, ...narrow_gaps];
}

function place_all(people: readonly Someone[], names: ReadonlyMap<Someone, string>, width: number, height: number, middle: number, apart: number, measure: (text: string) => number): Dot[] | null {
  const most = Math.max(...people.map((each) => each.part), 1e-9);
  const is_narrow = width < 480;
  const taken: Box[] = [around(width / 2, height / 2, middle + apart)];
  let places = places_of(people, width, height);
  const dots: Dot[] = [];
  for (const each of people) {
    const radius = least_radius + ((is_narrow ? 11 : largest_radius) - least_radius) * Math.sqrt(Math.max(each.part, 0) / most);
    const name = names.get(each) ?? null;
    const wide = name === null ? 0 : measure(name);
    const is_free = (box: Box) => is_inside(box, width, height) && !taken.some((other) => overlap(box, other));
    const dot = first_of(places, (place): Dot | null => {
      const { x, y, side } = place;
      if (side !== each.side || (name !== null && wide >= place.too_wide)) return null;
      if (!is_free(around(x, y, radius))) return null;
      if (name === null) return { ...each, x, y, radius, label: null };
      const box = labels_at(x, y, radius, wide, width).find(is_free);
      if (box) return { ...each, x, y, radius, label: { text: name, x: (box.left + box.right) / 2, y: box.top + baseline, box } };
      place.too_wide = wide;
      return null;
    });
    if (dot === null) return null;
    dots.push(dot);
    const fresh = [around(dot.x, dot.y, dot.radius + apart), ...(dot.label ? [grown(dot.label.box, gap)] : [])];
    taken.push(...fresh);
    const lost = fresh.map((box) => grown(box, least_radius)); // no dot fits there any more
    places = places.filter(({ x, y }) => !lost.some((box) => x > box.left && x < box.right && y > box.top && y < box.bottom));
  }
  return dots;
}

interface Place {
  x: number;
  y: number;
  side: Side;
  far: number; // 0 in the middle, 1 at the rim of the ellipse
  too_wide: number; // px: a name that wide was tried here in vain, and things only become more
}

/** A grid, nearest to the middle first; each side has a sector as large as its share of the people. */
function places_of(people: readonly Someone[], width: number, height: number): Place[] {
  const share = people.filter((each) => each.side === 'influenced').length / Math.max(people.length, 1);
  const sector = Math.PI * (share === 0 || share === 1 ? share : Math.min(Math.max(share, 0.2), 0.8)); // half of that to the right
  const places: Place[] = [];
  for (let y = edge; y <= height - edge; y += grid) {
    for (let x = edge; x <= width - edge; x += grid) {
      const u = (x - width / 2) / (width / 2), v = (y - height / 2) / (height / 2);
      const angle = Math.abs(Math.atan2(v, u)); // 0 to the right
      places.push({ x, y, side: angle <= sector ? 'influenced' : 'influencers', far: Math.hypot(u, v), too_wide: Infinity });
    }
  }
  return places.sort((a, b) => a.far - b.far || a.y - b.y || a.x - b.x);
}

/** Where a name may stand: below its dot, above, and towards the nearer rim. */
function labels_at(x: number, y: number, radius: number, wide: number, width: number): Box[] {
  const below = y + radius + gap, above = y - radius - gap - line, beside = x < width / 2 ? x - radius - gap - wide : x + radius + gap;
  const at = (left: number, top: number): Box => ({ left, top, right: left + wide, bottom: top + line });
  return [at(x - wide / 2, below), at(x - wide / 2, above), at(beside, y - line / 2)];
}

function first_of<T, R>(all: readonly T[], find: (each: T) => R | null): R | null {
  for (const each of all) {
    const found = find(each);
    if (found !== null) return found;
  }
  return null;
}

function around(x: number, y: number, radius: number): Box {
  return { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
}

function grown({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left - by, top: top - by, right: right + by, bottom: bottom + by };
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

function is_inside({ left, top, right, bottom }: Box, width: number, height: number): boolean {
  return left >= edge && top >= edge && right <= width - edge && bottom <= height - edge;
}

/** A name that is at most so wide: whole letters, then an ellipsis. */
export function shortened(name: string, most: number, measure: (text: string) => number): string {
  if (measure(name) <= most) return name;
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  while (letters.length > 1 && measure(`${letters.join('').trimEnd()}…`) > most) letters.pop();
  return `${letters.join('').trimEnd()}…`;
}
