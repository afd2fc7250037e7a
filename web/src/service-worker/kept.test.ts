import { describe, expect, it } from 'vitest';
import { kept_header as read_header } from '../api/client';
import { handling, kept_header, login_of, notice_of } from './kept';

const origin = 'https://renown.example';
const shell = ['/', '/assets/page-1.js'];

describe('what is kept', () => {
  it.each([
    ['GET', '/v1/people/me/score', 'cors', 'own_answer'],
    ['GET', '/v1/people/me/history?days=90', 'cors', 'own_answer'],
    ['GET', '/v1/session', 'cors', 'own_answer'],
    ['POST', '/v1/session', 'cors', 'network'],
    ['GET', '/v1/people/12/score', 'cors', 'network'],
    ['GET', '/v1/people/me/ledger', 'cors', 'network'],
    ['GET', '/v1/people/me/influence', 'cors', 'network'],
    ['GET', '/v1/people/me/lookups', 'cors', 'network'],
    ['GET', '/v1/people/me/export', 'navigate', 'network'],
    ['GET', '/v1/compare?with=3', 'cors', 'network'],
    ['GET', '/v1/board', 'cors', 'network'],
    ['GET', '/v1/admin/people', 'cors', 'network'],
    ['GET', '/v1/sessions', 'cors', 'network'],
    ['GET', '/assets/page-1.js', 'cors', 'shell'],
    ['GET', '/assets/page-0.js', 'cors', 'network'],
    ['GET', '/', 'navigate', 'document'],
    ['GET', '/ledger', 'navigate', 'document'],
    ['GET', '/v1/logins/callback?code=1', 'navigate', 'network'],
    ['GET', '/p/12', 'navigate', 'document'],
    ['GET', '/privacy', 'navigate', 'document'],
  ])('%s %s (%s): %s', (method, path, mode, wanted) => {
    expect(handling({ method, url: origin + path, mode }, origin, shell)).toBe(wanted);
  });

  it('nothing of another origin', () => {
    expect(handling({ method: 'GET', url: 'https://other.example/v1/people/me/score', mode: 'cors' }, origin, shell)).toBe('network');
  });
});

it.each([
  [{ role: 'person', login: '3' }, '3'],
  [{ role: 'anonymous', login: '3' }, null],
  [{ role: 'person', login: null }, null],
  [null, null],
  ['x', null],
])('login of %o', (answer, wanted) => expect(login_of(answer)).toBe(wanted));

it('the page reads the header that the worker writes', () => expect(read_header).toBe(kept_header));

describe('a message', () => {
  it.each([
    [{ title: 'T', body: 'B', url: '/ledger?x=1' }, { title: 'T', body: 'B', path: '/ledger?x=1' }],
    [{ title: 'T', url: 'https://evil.example/ledger' }, { title: 'T', body: '', path: '/' }],
    [{ title: 'T', url: '//evil.example' }, { title: 'T', body: '', path: '/' }],
    [{ title: 'T', url: 'javascript:alert(1)' }, { title: 'T', body: '', path: '/' }],
    [{ url: 7 }, { title: 'Renown', body: '', path: '/' }],
    [null, { title: 'Renown', body: '', path: '/' }],
  ])('%o', (data, wanted) => expect(notice_of(data, origin)).toEqual(wanted));
});
