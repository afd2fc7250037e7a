/** The one place that asks the server. Every failure is an ApiError with one sentence for people. */

import { forget_ahead, take_ahead } from '../state/ahead';

/** What became of a request that was not answered as asked. */
export class ApiError extends Error {
  /**
   * @param status  of HTTP; 0 where there was no answer at all
   * @param type    stable name of the problem (RFC 9457), or ''
   * @param words   the server's sentence, or ''
   * @param wait_seconds  how long to wait before the next try, if the server said so
   */
  constructor(
    readonly status: number,
    readonly type: string,
    readonly words: string,
    readonly wait_seconds: number | null = null,
  ) {
    super(words || `HTTP ${status}`);
  }

  /** The server has no such route: a part that it does not offer. */
  get is_absent(): boolean {
    return this.status === 404 && this.words === 'there is nothing at this path';
  }

  /** The last part of the type, as texts are named: "too_many_tries"; '' where the status says it all. */
  get code(): string {
    return this.type.startsWith('/problems/') ? this.type.slice('/problems/'.length).replaceAll('-', '_') : '';
  }

  get is_offline(): boolean {
    return this.status === 0;
  }
}

/** An answer, and the moment it was kept if it comes from this device because the server is out of reach. */
export interface Answer<T> {
  data: T;
  kept_at: string | null;
}

/** Header that the service worker puts on an answer it had kept. */
export const kept_header = 'x-renown-kept';

let csrf: string | null = null;
let on_unauthorized: () => void = () => {};

export function use_csrf(token: string | null): void {
  csrf = token;
}

/** Called when an answer says that nobody is logged in any more. */
export function when_unauthorized(handler: () => void): void {
  on_unauthorized = handler;
}

export async function ask<T>(path: string): Promise<Answer<T>> {
  const response = await request('GET', path);
  return { data: (await response.json()) as T, kept_at: response.headers.get(kept_header) };
}

export async function get<T>(path: string): Promise<T> {
  return (await ask<T>(path)).data;
}

/** POST, PUT, PATCH or DELETE. `idempotency_key`: the same for each try of one wish, so that it is done once. */
export async function send<T = void>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  idempotency_key: string = random_key(),
): Promise<T> {
  const response = await request(method, path, body, method === 'POST' ? idempotency_key : null);
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** A path with each part written so that it cannot become another path. '.' and '..' would, however they are written. */
export function path(strings: TemplateStringsArray, ...parts: (string | number)[]): string {
  return strings.reduce((all, piece, i) => all + path_part(String(parts[i - 1])) + piece);
}

function path_part(part: string): string {
  if (part === '.' || part === '..' || part === '') throw new ApiError(400, '', '');
  return encodeURIComponent(part);
}

/** Values that are null or '' are left out. */
export function query(values: Record<string, string | number | null | undefined>): string {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length === 0 ? '' : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

export function random_key(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function request(method: string, path: string, body?: unknown, idempotency_key: string | null = null): Promise<Response> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (method !== 'GET' && csrf !== null) headers['X-CSRF-Token'] = csrf;
  if (idempotency_key !== null) headers['Idempotency-Key'] = idempotency_key;
  if (method !== 'GET') forget_ahead();
  let response: Response;
  try {
    response = await (take_ahead(path) ?? fetch(path, { method, headers, body: body === undefined ? null : JSON.stringify(body), credentials: 'same-origin' }));
  } catch {
    throw new ApiError(0, '', '');
  }
  if (response.ok) return response;
  const error = await read_problem(response);
  if (error.status === 401 && !path.startsWith('/v1/session')) on_unauthorized();
  throw error;
}

/** A problem document, or whatever a proxy put in its place. */
export async function read_problem(response: Response): Promise<ApiError> {
  const wait = Number(response.headers.get('Retry-After') ?? 'x');
  const wait_seconds = Number.isFinite(wait) ? wait : null;
  try {
    const problem = (await response.json()) as { type?: unknown; title?: unknown; detail?: unknown };
    const words = [problem.detail, problem.title].find((text): text is string => typeof text === 'string' && text !== '');
    return new ApiError(response.status, typeof problem.type === 'string' ? problem.type : '', words ?? '', wait_seconds);
  } catch {
    return new ApiError(response.status, '', '', wait_seconds);
  }
}
