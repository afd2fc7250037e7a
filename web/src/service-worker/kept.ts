/** What the service worker may keep: rules without a browser, so that they can be tested. */

/** Header of a kept answer: when it was kept. The same name stands in src/api/client.ts, which must not share a chunk with the worker. */
export const kept_header = 'x-renown-kept';

/** Answers about the visitor that are shown again when the server is out of reach. Nobody else's, no lists of people. */
const kept_paths = [
  '/v1/session',
  '/v1/people/me',
  '/v1/people/me/score',
  '/v1/people/me/reasons',
  '/v1/people/me/history',
  '/v1/people/me/networks',
  '/v1/people/me/subscores',
  '/v1/people/me/topics',
  '/v1/people/me/changes',
];

export type Handling = 'shell' | 'document' | 'own_answer' | 'network';

/** How a request is answered; `origin` is that of the page. */
export function handling(request: { method: string; url: string; mode: string }, origin: string, shell: readonly string[]): Handling {
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== origin) return 'network';
  if (kept_paths.includes(url.pathname)) return 'own_answer';
  if (shell.includes(url.pathname) && url.search === '' && url.pathname !== '/') return 'shell';
  if (request.mode === 'navigate' && !is_servers_own(url.pathname)) return 'document';
  return 'network';
}

/** Paths that the server answers itself, also when a visitor goes to them. */
function is_servers_own(path: string): boolean {
  return /^\/(v1|v2|1|badge|card|healthz|readyz|metrics|openapi\.json)(\/|$)/.test(path);
}

/** The login that an answer to /v1/session is about; null where nobody is logged in or it is no such answer. */
export function login_of(answer: unknown): string | null {
  if (typeof answer !== 'object' || answer === null) return null;
  const { role, login } = answer as { role?: unknown; login?: unknown };
  return role !== 'anonymous' && typeof login === 'string' ? login : null;
}

/** A message of the server to show: no more than title, words and a path of this page. */
export interface Notice {
  title: string;
  body: string;
  path: string;
}

export function notice_of(data: unknown, origin: string): Notice {
  const { title, body, url } = (typeof data === 'object' && data !== null ? data : {}) as Record<string, unknown>;
  return {
    title: typeof title === 'string' && title !== '' ? title : 'Renown',
    body: typeof body === 'string' ? body : '',
    path: own_path(url, origin),
  };
}

/** Path of an address if it is of this origin, else '/': a message leads nowhere else. */
function own_path(url: unknown, origin: string): string {
  if (typeof url !== 'string') return '/';
  try {
    const parsed = new URL(url, origin);
    return parsed.origin === origin ? parsed.pathname + parsed.search + parsed.hash : '/';
  } catch {
    return '/';
  }
}
