import { t } from '../text/text.svelte';

/** What somebody may be looked up for; the server refuses every other purpose (docs/api.md). */
const allowed = ['marketing', 'support', 'community', 'research', 'event', 'other'] as const;

export const purposes = () => allowed.map((purpose) => ({ value: purpose as string, words: t(`purpose.${purpose}`) }));
