// What public/start.js asks for before the page's own script runs: the files of each page, and its first questions.

/** Questions by the path of a page; {} is the number in the path. Of oneself: only where somebody was logged in. */
const asks = {
  '/': { of_oneself: true, paths: ['/v1/people/me/score', '/v1/people/me/reasons'] },
  '/board': { paths: ['/v1/board'] },
  '/p/{person}': { paths: ['/v1/people/{}', '/v1/people/{}/score'] },
  '/log-in': { paths: ['/v1/setup', '/v1/logins/networks'] },
};

/** Path and component of each page, in order. */
export function pages_of(routes_source) {
  return [...routes_source.matchAll(/path: '(\/[^']*)',.*import\('\.\.\/pages\/([^']+)'\)/g)].map(([, path, component]) => ({ path, component }));
}

/** A path as a pattern: names in braces are one part of it, and that of a person a number. */
export function pattern_of(path) {
  return `^${path.replaceAll('{person}', '([0-9]+)').replace(/\{[a-z]+\}/g, '[^/]+')}$`;
}

/** Files that a chunk brings beside those that `entry` has brought already. */
function files_of(bundle, chunk, entry) {
  const seen = new Set(), files = new Set();
  const visit = (each) => {
    if (!each || each === entry || seen.has(each)) return;
    seen.add(each);
    files.add(each.fileName);
    each.imports.forEach((name) => visit(bundle[name]));
    for (const style of each.viteMetadata?.importedCss ?? []) if (!entry.viteMetadata?.importedCss?.has(style)) files.add(style);
  };
  visit(chunk);
  return [...files].map((name) => `/${name}`);
}

/** @returns {{catalogues: Record<string, string>, pages: {pattern: string, files: string[], asks: string[], of_oneself?: true}[]}} */
export function ahead_of(bundle, routes_source) {
  const all = Object.values(bundle);
  const entry = all.find((each) => each.isEntry && each.facadeModuleId?.endsWith('index.html'));
  const catalogues = {};
  for (const { fileName } of all) {
    const [, language] = /^assets\/([a-z]{2})-[^/]*\.json$/.exec(fileName) ?? [];
    if (language) catalogues[language] = `/${fileName}`;
  }
  const pages = pages_of(routes_source).map(({ path, component }) => {
    const chunk = all.find((each) => each.moduleIds?.some((id) => id.endsWith(`/pages/${component}`)));
    if (!chunk) throw new Error(`${component} is no chunk of the build, and src/state/routes.ts names it`);
    const { of_oneself, paths = [] } = asks[path] ?? {};
    return { pattern: pattern_of(path), files: files_of(bundle, chunk, entry), asks: paths, ...(of_oneself && { of_oneself }) };
  });
  for (const path of Object.keys(asks)) if (!pages.some(({ pattern }) => pattern === pattern_of(path))) throw new Error(`${path} is no page: say in scripts/ahead.mjs what is asked first`);
  return { catalogues, pages };
}
