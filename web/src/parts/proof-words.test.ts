import { expect, it } from 'vitest';
import { methods_of } from './proof-words';

it.each([
  ["operator's word", ["operator's word"], false],
  ['log-in', ['log-in'], false],
  ['rel=me and rel=me', ['rel=me'], true],
  ['DID document and DNS TXT', ['DID document', 'DNS TXT'], false],
  ['', [''], false],
])('%j is by %j', (proof, methods, is_mutual) => expect(methods_of(proof)).toEqual({ methods, is_mutual }));
