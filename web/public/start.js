// Runs before the first paint: the chosen theme and direction, so that nothing flashes. And asks ahead, while the page's
// own script is on its way, for what the first sight needs: src/state/ahead.ts takes the answers.
(() => {
  const first = '__AHEAD__'; // written in by the build (scripts/ahead.mjs); without one nothing is asked ahead
  const root = document.documentElement;
  const stored = (name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null; // no storage: the system's theme and the browser's language hold
    }
  };
  let chosen = {};
  try {
    chosen = JSON.parse(stored('renown.appearance')) ?? {};
  } catch {
    // Not ours: as if nothing was chosen.
  }
  if (chosen.theme === 'light' || chosen.theme === 'dark') root.dataset.theme = chosen.theme;
  if (typeof chosen.language === 'string') {
    root.lang = chosen.language;
    root.dir = chosen.language === 'ar' ? 'rtl' : 'ltr';
  }
  if (typeof first === 'string') return;

  const asked = (globalThis.renown_ahead = {});
  const ask = (path) => {
    asked[path] = fetch(path, { headers: { Accept: 'application/json' } });
    asked[path].catch(() => {}); // told by whoever takes it
  };
  const load = (file) => {
    const link = document.createElement('link');
    link.rel = file.endsWith('.css') ? 'preload' : 'modulepreload';
    if (file.endsWith('.css')) link.as = 'style';
    link.href = file;
    document.head.append(link);
  };
  const language = [chosen.language, ...navigator.languages.map((tag) => tag.toLowerCase().split('-')[0]), 'en'].find((tag) => tag in first.catalogues);
  ask(first.catalogues[language]);
  ask('/v1/session');
  const path = location.pathname.replace(/(.)\/$/, '$1');
  for (const page of first.pages) {
    const found = new RegExp(page.pattern).exec(path);
    if (found === null) continue;
    page.files.forEach(load);
    if (!page.of_oneself || stored('renown.here') !== null) for (const each of page.asks) ask(each.replace('{}', found[1]));
    break;
  }
})();
