/** What an account was proven by, in the visitor's words: the server names it in English ("rel=me and DNS TXT"). */
import { code_of, t, t_code } from '../text/text.svelte';

/** The methods that one name holds: two where each side had its own, one where both had the same. */
export function methods_of(proof: string): { methods: string[]; is_mutual: boolean } {
  const named = proof.split(' and ');
  const methods = [...new Set(named)];
  return { methods, is_mutual: named.length > methods.length };
}

export function proof_words(proof: string): string {
  const { methods, is_mutual } = methods_of(proof);
  const words = methods.map((method) => t_code('proof_method', code_of(method), method)).join(' · ');
  return is_mutual ? t('proof.both_ways', { method: words }) : words;
}
