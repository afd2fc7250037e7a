// Draws the mark of Renown, an open dial with its needle's end, as SVG and PNG: `npm run icons`, after a change of the mark.
import { mkdirSync, writeFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';

const teal = [15, 118, 110], paper = [247, 245, 240], amber = [240, 182, 89];
const folder = new URL('../public/icons/', import.meta.url);

// The mark on a field of 1 x 1: a dial of 250 degrees, open at the bottom, filled up to a dot.
const radius = 0.27, width = 0.085, filled = 0.7, rail = 0.28, sweep = (250 * Math.PI) / 180, start = Math.PI / 2 + (2 * Math.PI - sweep) / 2;
const on_arc = (share) => [0.5 + radius * Math.cos(start + share * sweep), 0.5 + radius * Math.sin(start + share * sweep)];
const dot = on_arc(filled), dot_radius = 0.082, gap = 0.118;

function svg() {
  const n = (value) => (value * 512).toFixed(1);
  const [x0, y0] = on_arc(0);
  const arc = (share, large, opacity) => {
    const [x1, y1] = on_arc(share);
    return `<path d="M${n(x0)} ${n(y0)}A${n(radius)} ${n(radius)} 0 ${large} 1 ${n(x1)} ${n(y1)}" fill="none" stroke="#f7f5f0" stroke-opacity="${opacity}" stroke-width="${n(width)}" stroke-linecap="round"/>`;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="112" fill="#0f766e"/>` +
    arc(1, 1, rail) + arc(filled, 0, 1) +
    `<circle cx="${n(dot[0])}" cy="${n(dot[1])}" r="${n(gap)}" fill="#0f766e"/><circle cx="${n(dot[0])}" cy="${n(dot[1])}" r="${n(dot_radius)}" fill="#f0b659"/></svg>\n`;
}

/** Distance to the edge of each shape, negative inside, in parts of the field. */
const arc_distance = (x, y, share) => {
  const angle = (Math.atan2(y - 0.5, x - 0.5) - start + 4 * Math.PI) % (2 * Math.PI);
  if (angle <= sweep * share) return Math.abs(Math.hypot(x - 0.5, y - 0.5) - radius) - width / 2;
  return Math.min(...[on_arc(0), on_arc(share)].map(([px, py]) => Math.hypot(x - px, y - py))) - width / 2;
};
const field_distance = (x, y, corner) => {
  const dx = Math.max(Math.abs(x - 0.5) - 0.5 + corner, 0), dy = Math.max(Math.abs(y - 0.5) - 0.5 + corner, 0);
  return Math.hypot(dx, dy) - corner;
};

/** `corner` 0 fills the whole square (maskable icons are cut by the system), `scale` keeps the mark inside its safe zone. */
function png(size, corner, scale) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  const cover = (distance) => Math.min(Math.max(0.5 - distance * size, 0), 1);
  for (let y = 0; y < size; ++y) {
    for (let x = 0; x < size; ++x) {
      const u = (x + 0.5) / size, v = (y + 0.5) / size, mu = (u - 0.5) / scale + 0.5, mv = (v - 0.5) / scale + 0.5;
      let colour = teal;
      const lay = (over, share) => { colour = colour.map((c, i) => c + (over[i] - c) * share); };
      lay(paper, rail * cover(arc_distance(mu, mv, 1) * scale));
      lay(paper, cover(arc_distance(mu, mv, filled) * scale));
      const from_dot = Math.hypot(mu - dot[0], mv - dot[1]);
      lay(teal, cover((from_dot - gap) * scale));
      lay(amber, cover((from_dot - dot_radius) * scale));
      const alpha = corner === 0 ? 255 : Math.round(255 * cover(field_distance(u, v, corner)));
      rows.set([...colour.map(Math.round), alpha], y * (size * 4 + 1) + 1 + x * 4);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8); // 8 bits, RGBA
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const whole = Buffer.alloc(body.length + 8);
  whole.writeUInt32BE(data.length, 0);
  body.copy(whole, 4);
  whole.writeUInt32BE(crc(body), body.length + 4);
  return whole;
}

function crc(bytes) {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; ++bit) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

mkdirSync(folder, { recursive: true });
writeFileSync(new URL('icon.svg', folder), svg());
writeFileSync(new URL('icon-192.png', folder), png(192, 0.22, 1));
writeFileSync(new URL('icon-512.png', folder), png(512, 0.22, 1));
writeFileSync(new URL('maskable-512.png', folder), png(512, 0, 0.85));
writeFileSync(new URL('touch-180.png', folder), png(180, 0, 0.92));
