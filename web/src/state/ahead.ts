/** Answers that public/start.js asked for before this script ran. Each is taken once; a write makes the rest out of date. */

declare global {
  var renown_ahead: Record<string, Promise<Response>> | undefined;
}

/** Older ones are asked for again: a page that was opened in the background is looked at much later. */
const usable_milliseconds = 30_000;

/** The answer to GET `path`, if it was asked ahead. */
export function take_ahead(path: string): Promise<Response> | undefined {
  const asked = globalThis.renown_ahead?.[path];
  if (asked === undefined) return undefined;
  delete globalThis.renown_ahead![path];
  return performance.now() < usable_milliseconds ? asked : undefined;
}

export function forget_ahead(): void {
  globalThis.renown_ahead = undefined;
}
