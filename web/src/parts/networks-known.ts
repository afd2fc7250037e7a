import { network_name } from '../text/format';

/** Networks whose accounts a document or a page can prove (docs/people.md). */
const provable = ['bluesky', 'fediverse', 'mastodon', 'github', 'web', 'wordpress', 'discourse', 'reddit', 'stackexchange', 'hackernews', 'youtube', 'x'];

export const provable_networks = provable.map((network) => ({ value: network, words: network_name(network) }));
