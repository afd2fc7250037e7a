// Runs before the first paint: the chosen theme and direction, so that nothing flashes. Kept in this browser alone.
(function () {
  try {
    var chosen = JSON.parse(localStorage.getItem('renown.appearance') || '{}');
    var root = document.documentElement;
    if (chosen.theme === 'light' || chosen.theme === 'dark') root.dataset.theme = chosen.theme;
    if (typeof chosen.language === 'string') {
      root.lang = chosen.language;
      root.dir = chosen.language === 'ar' ? 'rtl' : 'ltr';
    }
  } catch (e) {
    // No storage, or not ours: the system's theme and the browser's language hold.
  }
})();
