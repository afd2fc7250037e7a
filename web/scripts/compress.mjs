// Writes NAME.br beside each file of the build that Brotli makes shorter; the server gives it to who takes it.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const dist = new URL('../dist/', import.meta.url);
const least_bytes = 1024; // less fits in one packet anyway
const texts = /\.(css|html|js|json|svg|txt|webmanifest)$/;

for (const name of readdirSync(dist, { recursive: true }).filter((name) => texts.test(name) && !name.startsWith('.vite'))) {
  const bytes = readFileSync(new URL(name, dist));
  const packed = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
  if (bytes.length >= least_bytes && packed.length < bytes.length) writeFileSync(new URL(`${name}.br`, dist), packed);
}
