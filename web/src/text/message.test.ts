import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { languages } from './languages';
import { read_message, Speaker, type Message, type Values } from './message';

const here = new URL('.', import.meta.url).pathname;

describe('a message', () => {
  it.each<[string, Values, string]>([
    ['', {}, ''],
    ['Plain.', {}, 'Plain.'],
    ['{name}', { name: 'Ada' }, 'Ada'],
    ['{name}', { name: '{name} # }' }, '{name} # }'], // a value is no message
    ['{ name } and {name}', { name: 'Ada' }, 'Ada and Ada'],
    ['# {count, plural, other {#}} #', { count: 2 }, '# 2 #'],
    ['{count, plural, one {# person} other {# people}}', { count: 1 }, '1 person'],
    ['{count, plural, one {# person} other {# people}}', { count: 0 }, '0 people'],
    ['{count, plural, one {# person} other {# people}}', { count: 1234567 }, '1,234,567 people'],
    ['{count, plural, =0 {nobody} one {one} other {#}}', { count: 0 }, 'nobody'],
    ['{a, plural, one {{name}: {b, plural, one {x} other {# of #}}} other {}}', { a: 1, b: 3, name: 'Ada' }, 'Ada: 3 of 3'],
    ['{part} points', { part: 1234.5 }, '1234.5 points'],
    ['{name} is gone', {}, '{name} is gone'],
  ])('%s with %j is %s', (source, values, wanted) => expect(new Speaker('en').say(read_message(source), values)).toBe(wanted));

  it.each(['{', '}', '{}', '{a', '{a}}', '{a, plural}', '{a, plural, one {x}}', '{a, plural, one x other {y}}', '{a, select, b {x} other {y}}', '{a, number}'])(
    '%s is none',
    (source) => expect(() => read_message(source)).toThrow(),
  );
});

/** Names of values in it, and of those that choose a form. */
function names(message: Message): string[] {
  return message.flatMap((piece) => (typeof piece === 'string' || 'count' in piece ? [] : 'value' in piece ? [piece.value] : [piece.plural, ...Object.values(piece.forms).flatMap(names)]));
}

const numbers = [0, 1, 2, 3, 5, 11, 21, 100, 1234567, 2.5];

describe.each(languages.flatMap((language) => ['.', '../../../src/mail/text'].map((folder) => ({ language, folder }))))('$language in $folder', ({ language, folder }) => {
  const catalogue = JSON.parse(readFileSync(`${here}/${folder}/${language}.json`, 'utf8')) as Record<string, string>;
  const speaker = new Speaker(language);

  it('says what the whole of ICU says', () => {
    for (const [key, source] of Object.entries(catalogue)) {
      expect(source, `${key}: quotes are not read`).not.toMatch(/'[{}]|''/);
      const message = read_message(source), whole = new IntlMessageFormat(source, language);
      for (const number of numbers) {
        const values = Object.fromEntries(names(message).map((name) => [name, number]));
        expect([key, number, speaker.say(message, values)]).toEqual([key, number, whole.format(values)]);
      }
    }
  });
});
