/** What this device keeps: the service worker's shell and the visitor's own last answers. */

export type Told = { say: 'who'; login: string | null } | { say: 'forget' };

/** Starts the worker. Without one (no https, an old browser) the page works, only not offline. */
export async function start_worker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  try {
    await navigator.serviceWorker.register('/service-worker.js', { updateViaCache: 'none' });
  } catch {
    // As above.
  }
}

export function tell_worker(told: Told): void {
  if (!('serviceWorker' in navigator)) return;
  void navigator.serviceWorker.ready.then((registration) => registration.active?.postMessage(told)).catch(() => {});
}

const here = 'renown.here';

/** Notes whether a person is logged in, and not who: their score is then asked for before the page's script runs (public/start.js). */
export function note_who(is_person: boolean): void {
  try {
    if (is_person) localStorage.setItem(here, '1');
    else localStorage.removeItem(here);
  } catch {
    // A browser without storage asks later.
  }
}

/** Removes every kept answer from this device, at once and without the worker's help. */
export async function forget_everything(): Promise<void> {
  tell_worker({ say: 'forget' });
  note_who(false);
  if (!('caches' in globalThis)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith('renown-mine')) await caches.delete(name);
  }
}
