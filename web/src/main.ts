import { mount } from 'svelte';
import './app.css';
import App from './App.svelte';
import { appearance } from './state/appearance.svelte';
import { start_worker } from './state/device';
import { place } from './state/place.svelte';
import { session } from './state/session.svelte';

place.start();
void start_worker();
await Promise.all([appearance.speak_first(), session.load()]);
mount(App, { target: document.getElementById('page')! });
