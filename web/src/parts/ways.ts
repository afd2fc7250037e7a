/** The ways about the page, by who is here; and which of them a path belongs to. */
import type { Key } from '../text/text.svelte';
import type { IconName } from './Icon.svelte';

export interface Way {
  path: string;
  words: Key;
  icon: IconName;
  tab?: boolean; // in the bar of a phone
}

export interface Group {
  name: 'me' | 'others' | 'yours' | 'operator';
  ways: Way[];
}

export function ways(who: { person: boolean; operator: boolean }): Group[] {
  const groups: Group[] = [];
  if (who.person) {
    groups.push(
      {
        name: 'me',
        ways: [
          { path: '/', words: 'nav.home', icon: 'dial', tab: true },
          { path: '/ledger', words: 'nav.ledger', icon: 'ledger', tab: true },
          { path: '/what-if', words: 'nav.what_if', icon: 'try' },
          { path: '/topics', words: 'nav.topics', icon: 'topics' },
          { path: '/influence', words: 'nav.influence', icon: 'influence' },
        ],
      },
      {
        name: 'others',
        ways: [
          { path: '/compare', words: 'nav.compare', icon: 'compare' },
          { path: '/board', words: 'nav.board', icon: 'board' },
        ],
      },
      {
        name: 'yours',
        ways: [
          { path: '/accounts', words: 'nav.accounts', icon: 'accounts', tab: true },
          { path: '/privacy', words: 'nav.privacy', icon: 'privacy', tab: true },
          { path: '/settings', words: 'nav.settings', icon: 'settings' },
        ],
      },
    );
  }
  if (who.operator) {
    groups.push({
      name: 'operator',
      ways: [
        { path: '/admin', words: 'nav.state', icon: 'operator', tab: !who.person },
        { path: '/admin/sources', words: 'nav.sources', icon: 'accounts', tab: !who.person },
        { path: '/admin/people', words: 'nav.people', icon: 'influence', tab: !who.person },
        { path: '/admin/findings', words: 'nav.findings', icon: 'warning', tab: !who.person },
        { path: '/admin/log-ins', words: 'nav.log_ins', icon: 'privacy' },
      ],
    });
  }
  if (!who.person) groups.push({ name: 'yours', ways: [{ path: '/board', words: 'nav.board', icon: 'board' }, { path: '/settings', words: 'nav.settings', icon: 'settings' }] });
  return groups;
}

/** Pages that are reached from another one: there that one is marked. */
const below: Record<string, string> = { '/sessions': '/settings', '/notifications': '/settings', '/keys': '/settings', '/webhooks': '/settings', '/invite': '/settings' };

/** As `aria-current`: the page itself, or the one above it. */
export function current(way: Way, path: string): 'page' | 'true' | undefined {
  if (way.path === path) return 'page';
  return below[path] === way.path ? 'true' : undefined;
}
