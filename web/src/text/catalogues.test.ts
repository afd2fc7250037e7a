import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import { code_of } from './text.svelte';
import { direction, format_tag, languages, wanted_language } from './languages';

const here = new URL('.', import.meta.url).pathname;
type Catalogues = Record<string, Record<string, string>>;
const read_all = (folder: string): Catalogues =>
  Object.fromEntries(languages.map((language) => [language, JSON.parse(readFileSync(join(folder, `${language}.json`), 'utf8')) as Record<string, string>]));
const catalogues = read_all(here);
const english = catalogues.en!;
/** Of letters: texts that the page does not show. What stands in both stands in the page's alone. */
const letters = read_all(join(here, '../../../src/mail/text'));

/** Names in braces, with what they are: "plural count", "value name". */
function placeholders(elements: MessageFormatElement[], found = new Set<string>()): Set<string> {
  for (const element of elements) {
    if (element.type === TYPE.argument) found.add(`value ${element.value}`);
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      found.add(`${element.type === TYPE.plural ? 'plural' : 'select'} ${element.value}`);
      for (const option of Object.values(element.options)) placeholders(option.value, found);
    }
  }
  return found;
}

/** Sources of the page, without catalogues and tests. */
function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(svelte|ts)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8'))
    .join('\n');
}

/** Sources of the server, without tests. */
function server_sources(): { name: string; text: string }[] {
  return readdirSync(join(here, '../../../src'), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(cc|h)$/.test(entry.name) && !/_test\.cc$/.test(entry.name))
    .map((entry) => ({ name: entry.name, text: readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'utf8') }));
}

describe.each(
  languages.filter((language) => language !== 'en').flatMap((language) => [
    { language, of: 'the page', catalogue: catalogues[language]!, english },
    { language, of: 'letters', catalogue: letters[language]!, english: letters.en! },
  ]),
)('$language of $of', ({ language, catalogue, english }) => {
  it('has the keys of English, and no others', () => {
    expect(Object.keys(catalogue).sort()).toEqual(Object.keys(english).sort());
  });

  it('has the placeholders of English', () => {
    const wrong = Object.keys(english).filter((key) => {
      const wanted = [...placeholders(parse(english[key]!))].sort(), got = [...placeholders(parse(catalogue[key] ?? ''))].sort();
      return JSON.stringify(wanted) !== JSON.stringify(got);
    });
    expect(wrong).toEqual([]);
  });

  it('has every plural form of its language, and each message can be written', () => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const [key, message] of Object.entries(catalogue)) {
      const elements = parse(message);
      for (const element of elements) {
        if (element.type === TYPE.plural) expect([key, forms.filter((form) => !(form in element.options))], key).toEqual([key, []]);
      }
      const values = Object.fromEntries([...placeholders(elements)].map((name) => [name.split(' ')[1]!, 3]));
      expect(String(new IntlMessageFormat(message, language).format(values)), key).not.toMatch(/[{}]/);
    }
  });

  it('is translated: few texts are as in English', () => {
    const same = Object.keys(english).filter((key) => catalogue[key] === english[key]);
    expect(same.length, same.join(' ')).toBeLessThan(25);
    expect(same.length).toBeLessThan(Object.keys(english).length / 4);
  });
});

describe('English', () => {
  const source = sources(join(here, '..'));

  it('has every key that the page uses', () => {
    const used = [...source.matchAll(/\bt\(\s*'([a-z_.]+)'/g)].map((match) => match[1]!);
    expect(used.length).toBeGreaterThan(300);
    expect([...new Set(used)].filter((key) => !(key in english))).toEqual([]);
  });

  it('has no key that nothing uses', () => {
    const composed = ['appeal_state.', 'audit.', 'came_back.', 'finding_state.', 'change.', 'digest.', 'home.', 'kind.', 'nav.', 'outcome.', 'problem_type.', 'proof_method.', 'proof_way.', 'purpose.', 'reason.', 'role.', 'subscores.', 'theme.'];
    const unused = Object.keys(english).filter((key) => !source.includes(`'${key}'`) && !composed.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });
});

it('every problem that the server names has a text, and none that it does not', () => {
  const declared = readFileSync(join(here, '../../../src/api/problem_types.h'), 'utf8');
  const names = [...declared.matchAll(/= "\/problems\/([a-z-]+)"/g)].map((match) => match[1]!);
  expect(names.length).toBeGreaterThan(8);
  expect(Object.keys(english).filter((key) => key.startsWith('problem_type.')).sort()).toEqual(names.map((name) => `problem_type.${name.replaceAll('-', '_')}`).sort());
});

it('every place that a log-in at a network may lead back to has a text, and no other', () => {
  const routes = readFileSync(join(here, '../../../src/api/network_login_routes.cc'), 'utf8');
  const codes = [...routes.matchAll(/"\/(?:log-in|accounts)\?([a-z-]+)"/g)].map((match) => match[1]!.replaceAll('-', '_'));
  expect(Object.keys(english).filter((key) => key.startsWith('came_back.')).sort()).toEqual([...new Set(codes)].sort().map((code) => `came_back.${code}`));
});

it('every change that operators are told of has a text, and no other', () => {
  const folders = ['access', 'api'].map((name) => join(here, '../../../src', name));
  const sources = folders.flatMap((folder) => readdirSync(folder).filter((name) => /(?<!_test)\.cc$/.test(name)).map((name) => readFileSync(join(folder, name), 'utf8'))).join('\n');
  const whats = [...sources.matchAll(/\.what = "([a-z -]+)",\s*\.login|\bnote\(database,([^;]*?),\s*(?:detail_of|fmt::format)/g)]
    .flatMap(([, one, several]) => (one ? [one] : [...several!.matchAll(/"([a-z]+ [a-z]+)"/g)].map((match) => match[1]!)));
  expect(Object.keys(english).filter((key) => key.startsWith('audit.'))).toEqual([...new Set(whats)].map((what) => `audit.${code_of(what)}`).sort());
});

it('every method that can prove an account has words, and no other', () => {
  const read = (path: string) => readFileSync(join(here, '../../../src', path), 'utf8');
  const set = server_sources().flatMap(({ text }) => [...text.matchAll(/\bverdict\.method = ([^;]+);/g)].map((match) => match[1]!));
  expect(set.length).toBeGreaterThan(4);
  const unread = set.filter((value) => !/^"[^"]+"$|^people::kOperatorsWord$|\bmethod_name\(/.test(value));
  expect(unread, 'named in a way that this test does not read').toEqual([]);
  const names = [
    ...set.flatMap((value) => /^"([^"]+)"$/.exec(value)?.[1] ?? []),
    .../kOperatorsWord = "([^"]+)"/.exec(read('people/registry.h'))!.slice(1),
    ...[.../method_name\(ClaimMethod method\) \{[^]*?\n\}/.exec(read('people/claims.cc'))![0].matchAll(/return "([^"]+)"/g)].map((match) => match[1]!),
  ];
  expect(Object.keys(english).filter((key) => key.startsWith('proof_method.'))).toEqual(names.map((name) => `proof_method.${code_of(name)}`).sort());
});

it('every place for the text of a proof has words, and no other', () => {
  const source = readFileSync(join(here, '../../../src/api/account.cc'), 'utf8');
  const ways = [...source.matchAll(/write_way\(json, "([^"]+)"/g)].map((match) => `proof_way.${code_of(match[1]!)}`);
  expect(Object.keys(english).filter((key) => key.startsWith('proof_way.'))).toEqual(ways.sort());
});

it('no problem has a name but those', () => {
  expect(server_sources().filter(({ name, text }) => name !== 'problem_types.h' && text.includes('"/problems/')).map(({ name }) => name)).toEqual([]);
});

it.each([
  [['de-AT', 'en'], 'de', 'de-AT'],
  [['fr', 'ja-JP'], 'ja', 'ja-JP'],
  [['fr'], 'en', 'en'],
  [[], 'en', 'en'],
  [['EN-gb'], 'en', 'EN-gb'],
])('who wants %j gets %s', (wanted, language, tag) => {
  expect(wanted_language(wanted)).toBe(language);
  expect(format_tag(wanted_language(wanted), wanted)).toBe(tag);
});

it('Arabic alone runs from right to left', () => {
  expect(languages.filter((language) => direction(language) === 'rtl')).toEqual(['ar']);
});
