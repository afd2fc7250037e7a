/** "Firefox, Linux" of a User-Agent; what is no browser we know keeps its own first word. */
export function device_name(agent: string): string {
  const browser = [['Edg/', 'Edge'], ['OPR/', 'Opera'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']].find(([sign]) => agent.includes(sign!));
  const system = [['iPhone', 'iPhone'], ['iPad', 'iPad'], ['Android', 'Android'], ['Windows', 'Windows'], ['Mac OS', 'macOS'], ['Linux', 'Linux']].find(([sign]) => agent.includes(sign!));
  return browser ? [browser[1], system?.[1]].filter(Boolean).join(', ') : (agent.split(/[\s/]/)[0] ?? '');
}
