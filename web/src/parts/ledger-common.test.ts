import { expect, it } from 'vitest';
import type { LedgerLine } from '../api/types';
import { common_of, engager_name } from './ledger-common';

const line = (network: string, ...tags: string[]) => ({ network, tags }) as LedgerLine;

it.each([
  ['no line', [], null, []],
  ['one line', [line('forum', 'birds')], null, []],
  ['the same network and tag', [line('forum', 'birds'), line('forum', 'birds')], 'forum', ['birds']],
  ['another network', [line('forum', 'birds'), line('chirp', 'birds')], null, ['birds']],
  ['one tag of several', [line('forum', 'birds', 'tea'), line('forum', 'tea')], 'forum', ['tea']],
  ['a line without tags', [line('forum', 'birds'), line('forum')], 'forum', []],
  ['no tags', [line('forum'), line('forum')], 'forum', []],
])('common to %s', (_, lines, network, tags) => expect(common_of(lines)).toEqual({ network, tags }));

it.each([
  ['forum:bruno', 'forum', 'bruno'],
  ['chirp:bruno', 'forum', 'chirp:bruno'],
  ['forum:', 'forum', 'forum:'],
  ['web:https://a.example/x', 'web', 'https://a.example/x'],
  ['Bruno Askew', 'forum', 'Bruno Askew'],
])('%s on a line of %s is %s', (engager, network, name) => expect(engager_name({ engager, network })).toBe(name));
