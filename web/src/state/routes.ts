/** Which page answers which path. Each is a chunk of its own, fetched when it is first shown. */
import type { Component } from 'svelte';

export type Who = 'anybody' | 'stranger' | 'person' | 'operator' | 'logged_in';

export interface Route {
  path: string;
  who: Who;
  load: () => Promise<{ default: Component<any> }>;
}

export const routes: Route[] = [
  { path: '/', who: 'logged_in', load: () => import('../pages/me/Home.svelte') },
  { path: '/ledger', who: 'person', load: () => import('../pages/me/Ledger.svelte') },
  { path: '/what-if', who: 'person', load: () => import('../pages/me/WhatIf.svelte') },
  { path: '/topics', who: 'person', load: () => import('../pages/me/Topics.svelte') },
  { path: '/influence', who: 'person', load: () => import('../pages/me/Influence.svelte') },
  { path: '/compare', who: 'person', load: () => import('../pages/me/Compare.svelte') },
  { path: '/board', who: 'anybody', load: () => import('../pages/me/Board.svelte') },
  { path: '/accounts', who: 'person', load: () => import('../pages/me/Accounts.svelte') },
  { path: '/privacy', who: 'person', load: () => import('../pages/me/Privacy.svelte') },
  { path: '/settings', who: 'logged_in', load: () => import('../pages/settings/Settings.svelte') },
  { path: '/sessions', who: 'logged_in', load: () => import('../pages/settings/Sessions.svelte') },
  { path: '/notifications', who: 'person', load: () => import('../pages/settings/Notifications.svelte') },
  { path: '/confirm-address/{token}', who: 'anybody', load: () => import('../pages/settings/ConfirmAddress.svelte') },
  { path: '/unsubscribe/{token}', who: 'anybody', load: () => import('../pages/enter/Unsubscribe.svelte') },
  { path: '/keys', who: 'logged_in', load: () => import('../pages/settings/Keys.svelte') },
  { path: '/webhooks', who: 'logged_in', load: () => import('../pages/settings/Webhooks.svelte') },
  { path: '/invite', who: 'logged_in', load: () => import('../pages/settings/Invite.svelte') },
  { path: '/log-in', who: 'anybody', load: () => import('../pages/enter/LogIn.svelte') },
  { path: '/log-in/{token}', who: 'anybody', load: () => import('../pages/enter/LogIn.svelte') },
  { path: '/setup', who: 'anybody', load: () => import('../pages/enter/SetUp.svelte') },
  { path: '/setup/{token}', who: 'anybody', load: () => import('../pages/enter/SetUp.svelte') },
  { path: '/join/{token}', who: 'anybody', load: () => import('../pages/enter/Invitation.svelte') },
  { path: '/enrol', who: 'anybody', load: () => import('../pages/enter/Enrol.svelte') },
  { path: '/p/{person}', who: 'anybody', load: () => import('../pages/public/Person.svelte') },
  { path: '/admin', who: 'operator', load: () => import('../pages/operator/State.svelte') },
  { path: '/admin/sources', who: 'operator', load: () => import('../pages/operator/Sources.svelte') },
  { path: '/admin/people', who: 'operator', load: () => import('../pages/operator/People.svelte') },
  { path: '/admin/findings', who: 'operator', load: () => import('../pages/operator/Findings.svelte') },
  { path: '/admin/log-ins', who: 'operator', load: () => import('../pages/operator/LogIns.svelte') },
];

export const not_found: Route = { path: '*', who: 'anybody', load: () => import('../pages/NotFound.svelte') };

export interface Found {
  route: Route;
  values: Record<string, string>;
}

/** The route of a path and the values of its {names}. One slash at the end is read over. */
export function find_route(path: string, among: readonly Route[] = routes): Found {
  const parts = split(path);
  for (const route of among) {
    const values = match(split(route.path), parts);
    if (values !== null) return { route, values };
  }
  return { route: not_found, values: {} };
}

function split(path: string): string[] {
  return path.replace(/\/$/, '').split('/').slice(1);
}

function match(wanted: string[], parts: string[]): Record<string, string> | null {
  if (wanted.length !== parts.length) return null;
  const values: Record<string, string> = {};
  for (const [i, piece] of wanted.entries()) {
    const part = parts[i]!;
    if (piece.startsWith('{')) {
      if (part === '') return null;
      try {
        values[piece.slice(1, -1)] = decodeURIComponent(part);
      } catch {
        return null; // a percent sign that is no escape
      }
    } else if (piece !== part) {
      return null;
    }
  }
  return values;
}
