/** What a finding says in numbers, and which of its appeals is open. */
import type { Appeal, OwnFinding } from '../api/types';

/** How many times as closely its accounts act together as the densest honest crowd; null where it is not known. */
export function times_as_close(finding: { density: number | null; reference_density: number | null }): number | null {
  if (finding.density === null || !finding.reference_density) return null;
  return finding.density / finding.reference_density;
}

export function open_appeal<A extends Pick<Appeal, 'state'>>(finding: { appeals: A[] }): A | undefined {
  return finding.appeals.find((appeal) => appeal.state === 'open');
}

/** What there is to say of its cost: nothing is known, nothing is taken, a first score, or points. */
export function cost_of(finding: Pick<OwnFinding, 'score' | 'score_if_pardoned' | 'points'>): 'unknown' | 'none' | 'first' | 'points' {
  if (finding.points !== null) return Math.abs(finding.points) < 0.05 ? 'none' : 'points';
  return finding.score_if_pardoned !== null && finding.score === null ? 'first' : 'unknown';
}
