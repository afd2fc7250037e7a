import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiError, ask, path, query, read_problem, send, use_csrf, when_unauthorized } from './client';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: string, headers: Record<string, string> = {}) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(status === 204 ? null : body, { status, headers }));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('paths', () => {
  it.each([
    ['me', '/v1/people/me/score'],
    ['a/b', '/v1/people/a%2Fb/score'],
    ['forum:hazel?x=1#y', '/v1/people/forum%3Ahazel%3Fx%3D1%23y/score'],
  ])('%s stays one part', (person, wanted) => expect(path`/v1/people/${person}/score`).toBe(wanted));

  it.each(['.', '..', ''])('"%s" is no part', (person) => expect(() => path`/v1/people/${person}/score`).toThrow());

  it('leaves out of a query what is not known', () => {
    expect(query({})).toBe('');
    expect(query({ cursor: null, network: '', limit: undefined })).toBe('');
    expect(query({ cursor: 'a+b', limit: 0 })).toBe('?cursor=a%2Bb&limit=0');
  });
});

describe('problems', () => {
  it.each([
    ['{"type":"t","title":"T","detail":"One sentence."}', 't', 'One sentence.'],
    ['{"title":"T"}', '', 'T'],
    ['{"detail":7}', '', ''],
    ['<html>502</html>', '', ''],
    ['', '', ''],
  ])('%s', async (body, type, words) => {
    const error = await read_problem(new Response(body, { status: 502, headers: { 'Retry-After': '7' } }));
    expect([error.status, error.type, error.words, error.wait_seconds]).toEqual([502, type, words, 7]);
  });

  it('says that there was no answer at all', async () => {
    vi.stubGlobal('fetch', async () => { throw new TypeError('network'); });
    const error = await ask('/v1/session').catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ApiError);
    expect((error as ApiError).is_offline).toBe(true);
  });

  it('tells that nobody is logged in, but not when the log-in itself was refused', async () => {
    const told = vi.fn();
    when_unauthorized(told);
    answer(401, '{}');
    await send('POST', '/v1/session', {}).catch(() => {});
    expect(told).not.toHaveBeenCalled();
    await ask('/v1/people/me/score').catch(() => {});
    expect(told).toHaveBeenCalledOnce();
  });
});

describe('what is sent', () => {
  it('carries the CSRF token with everything but GET, and a key with POST alone', async () => {
    use_csrf('c');
    const fetched = answer(204, '');
    await send('POST', '/v1/keys', { name: 'n' }, 'k');
    await send('DELETE', '/v1/keys/1');
    fetched.mockImplementation(async () => new Response('{}'));
    await ask('/v1/keys');
    const headers = fetched.mock.calls.map((call) => call[1].headers as Record<string, string>);
    expect(headers[0]).toMatchObject({ 'X-CSRF-Token': 'c', 'Idempotency-Key': 'k', 'Content-Type': 'application/json' });
    expect(headers[1]).toHaveProperty('X-CSRF-Token');
    expect(headers[1]).not.toHaveProperty('Idempotency-Key');
    expect(headers[2]).not.toHaveProperty('X-CSRF-Token');
  });

  it('knows an answer that this device had kept', async () => {
    answer(200, '{"state":"scored"}', { 'x-renown-kept': '2026-11-29T00:00:00Z' });
    expect((await ask('/v1/people/me/score')).kept_at).toBe('2026-11-29T00:00:00Z');
  });
});
