// Every page that there is, by who sees it.
import { base } from './browser.mjs';

/** Where there is nothing: answered by the page, with the status 404. */
export const nowhere = ['/no-such-page', '/admin/no-such-page', '/p/999999'];

export const pages = {
  anybody: ['/log-in', '/setup/token', '/enrol', '/confirm-address/token', '/unsubscribe/token', '/board', ...(await of_somebody()), ...nowhere],
  person: ['/', '/ledger', '/what-if', '/topics', '/influence', '/compare', '/board', ...(await of_somebody()), '/accounts', '/privacy', '/settings', '/sessions', '/notifications', '/keys', '/webhooks', '/invite', '/admin/no-such-page'],
  operator: ['/admin', '/admin/sources', '/admin/people', '/admin/findings', '/admin/log-ins'],
};

/** The page of the first on the board. */
async function of_somebody() {
  const board = await (await fetch(`${base}/v1/board`)).json();
  return board.items.slice(0, 1).map(({ person }) => `/p/${person.id}`);
}
