/**
 * The service worker: the page itself without a server, and the visitor's last score with the moment it was kept.
 *
 * - Files of the shell come from the cache: their names hold a digest of their bytes.
 * - Documents come from the server, else the kept shell.
 * - Own answers come from the server, else the kept one, marked with when it was kept.
 * - Kept answers belong to one login. When another one, or none, is told or seen, they are gone; an answer that was on
 *   its way by then is not kept.
 */
import { handling, kept_header, login_of, notice_of } from './kept';

declare const self: ServiceWorkerGlobalScope;

// Both are written in by the build (vite.config.js).
const shell_files = '__SHELL_FILES__' as unknown as string[];
const shell_cache = 'renown-shell-__SHELL_VERSION__';
const own_cache = 'renown-mine';
const login_note = '/kept-login';

let generation = 0; // rises whenever kept answers are thrown away

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(shell_cache)
      .then((cache) => cache.addAll(shell_files.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('renown-shell-') && name !== shell_cache) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

self.addEventListener('message', (event) => {
  const told = event.data as { say?: string; login?: string | null };
  if (told.say === 'forget') event.waitUntil(forget());
  if (told.say === 'who') event.waitUntil(belongs_to(told.login ?? null));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  switch (handling(request, self.location.origin, shell_files)) {
    case 'shell':
      event.respondWith(from_shell(request));
      break;
    case 'document':
      event.respondWith(fetch(request).catch(() => from_shell('/')));
      break;
    case 'own_answer':
      event.respondWith(own_answer(request));
      break;
    case 'network':
      if (request.method !== 'GET' && new URL(request.url).pathname === '/v1/session') event.waitUntil(forget());
      break;
  }
});

self.addEventListener('push', (event) => {
  let data: unknown = null;
  try {
    data = event.data?.json();
  } catch {
    // Not JSON: shown as a message without words, as browsers demand that something is shown.
  }
  const notice = notice_of(data, self.location.origin);
  event.waitUntil(
    self.registration.showNotification(notice.title, { body: notice.body, icon: '/icons/icon-192.png', badge: '/icons/icon-192.png', tag: notice.path, data: notice.path }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const path = String(event.notification.data ?? '/');
  event.waitUntil(
    (async () => {
      const open = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
      const window = open[0];
      if (!window) return void (await self.clients.openWindow(path));
      await window.focus();
      await window.navigate(path).catch(() => self.clients.openWindow(path));
    })(),
  );
});

async function from_shell(request: Request | string): Promise<Response> {
  const cache = await caches.open(shell_cache);
  return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
}

async function own_answer(request: Request): Promise<Response> {
  const begun = generation;
  let response: Response;
  try {
    response = await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(own_cache)).match(request, { ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
  if (response.status === 401) await forget();
  if (!response.ok) return response;
  const body = await response.clone().text();
  if (new URL(request.url).pathname === '/v1/session') {
    await belongs_to(login_of(read_json(body)));
    await keep(request, body, generation); // whose answers they are was told just now
  } else {
    await keep(request, body, begun);
  }
  return response;
}

async function keep(request: Request, body: string, begun: number): Promise<void> {
  const cache = await caches.open(own_cache);
  if ((await kept_login(cache)) === null || begun !== generation) return;
  const headers = { 'Content-Type': 'application/json', [kept_header]: new Date().toISOString() };
  await cache.put(request, new Response(body, { headers }));
  if (begun !== generation) await caches.delete(own_cache);
}

/** From now on what is kept is this login's; what was another's is gone. */
async function belongs_to(login: string | null): Promise<void> {
  const cache = await caches.open(own_cache);
  if ((await kept_login(cache)) === login) return;
  await forget();
  if (login !== null) await (await caches.open(own_cache)).put(login_note, new Response(login));
}

async function kept_login(cache: Cache): Promise<string | null> {
  return (await (await cache.match(login_note))?.text()) ?? null;
}

async function forget(): Promise<void> {
  generation += 1;
  await caches.delete(own_cache);
}

function read_json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
