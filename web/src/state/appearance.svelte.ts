/** Theme and language, kept in this browser alone. public/start.js applies them before the first paint. */
import { first_language, speak } from '../text/text.svelte';
import type { Language } from '../text/languages';

export type Theme = 'system' | 'light' | 'dark';

const name = 'renown.appearance';

interface Chosen {
  theme?: Theme;
  language?: Language;
}

function read(): Chosen {
  try {
    return JSON.parse(localStorage.getItem(name) ?? '{}') as Chosen;
  } catch {
    return {};
  }
}

function write(change: Chosen): void {
  try {
    localStorage.setItem(name, JSON.stringify({ ...read(), ...change }));
  } catch {
    // A browser without storage forgets the choice; nothing else depends on it.
  }
}

class Appearance {
  theme = $state<Theme>(read().theme ?? 'system');

  choose_theme(theme: Theme): void {
    this.theme = theme;
    write({ theme });
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }

  async choose_language(language: Language): Promise<void> {
    await speak(language);
    write({ language });
  }

  speak_first(): Promise<void> {
    return speak(first_language(read().language));
  }
}

export const appearance = new Appearance();
