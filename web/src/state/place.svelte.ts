/** Where the visitor is: the address, by the browser's own history. */
import { find_route, type Found } from './routes';

class Place {
  path = $state(location.pathname);
  search = $state(location.search);
  found = $derived<Found>(find_route(this.path));
  /** Counts moves: a page that is shown because of one takes the focus, the first page does not. */
  moves = $state(0);

  go(address: string, { replace = false } = {}): void {
    const url = new URL(address, location.href);
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    this.#read();
    scrollTo(0, 0);
  }

  /** Follows links of the page without asking the server for a whole document. */
  start(): void {
    addEventListener('popstate', () => this.#read());
    document.addEventListener('click', (event) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      const link = (event.target as Element | null)?.closest('a');
      if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
      if (find_route(link.pathname).route.path === '*') return; // the server's own: a badge, a public card
      if (link.pathname === location.pathname && link.hash !== '') return;
      event.preventDefault();
      this.go(link.href);
    });
  }

  #read(): void {
    this.path = location.pathname;
    this.search = location.search;
    this.moves += 1;
  }
}

export const place = new Place();
