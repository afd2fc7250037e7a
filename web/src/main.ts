// The page starts: everything that the first sight needs is asked for at once, the service worker after it.
import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { appearance } from './state/appearance.svelte';
import { start_worker } from './state/device';
import { place } from './state/place.svelte';
import { session } from './state/session.svelte';

place.start();
void place.found.route.load().catch(() => {}); // that it failed is said where it is shown
await Promise.all([appearance.speak_first(), session.load()]);
const target = document.getElementById('page')!;
target.replaceChildren();
mount(App, { target });
// The worker fetches the whole shell: it would take the line from the first sight.
if (document.readyState === 'complete') void start_worker();
else addEventListener('load', () => void start_worker(), { once: true });
