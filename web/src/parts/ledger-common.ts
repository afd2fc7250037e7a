/** What lines of a ledger have in common is told once, above them; each then says what is its own. */
import type { LedgerLine } from '../api/types';

export interface Common {
  network: string | null;
  tags: string[];
}

/** Of one line nothing is common: it says everything itself. */
export function common_of(lines: readonly LedgerLine[]): Common {
  const [first] = lines;
  if (first === undefined || lines.length === 1) return { network: null, tags: [] };
  return {
    network: lines.every((line) => line.network === first.network) ? first.network : null,
    tags: first.tags.filter((tag) => lines.every((line) => line.tags.includes(tag))),
  };
}

/** "forum:bruno" on a line of the forum is bruno. */
export function engager_name({ engager, network }: Pick<LedgerLine, 'engager' | 'network'>): string {
  const prefix = `${network}:`;
  return engager.startsWith(prefix) && engager.length > prefix.length ? engager.slice(prefix.length) : engager;
}
