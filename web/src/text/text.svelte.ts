/** Texts of the page in the visitor's language. Catalogues are fetched when they are needed, English among them. */
import { IntlMessageFormat } from 'intl-messageformat';
import type english from './en.json';
import { direction, format_tag, is_language, wanted_language, type Language } from './languages';

export type Key = keyof typeof english;
type Values = Record<string, string | number>;

const catalogues = import.meta.glob<string>('./*.json', { query: '?url', import: 'default', eager: true });

class Text {
  language = $state<Language>('en');
  /** For Intl: the language with the visitor's region. */
  tag = $state('en');
  messages = $state.raw<Record<string, string>>({});
}

export const text = new Text();
let parsed = new Map<string, IntlMessageFormat>();

/** Switches to a language once its catalogue is here; keeps the old one where it cannot be had. */
export async function speak(language: Language): Promise<void> {
  const response = await fetch(catalogues[`./${language}.json`]!);
  if (!response.ok) throw new Error(`no catalogue for ${language}`);
  const messages = (await response.json()) as Record<string, string>;
  parsed = new Map();
  text.language = language;
  text.tag = format_tag(language, navigator.languages);
  text.messages = messages;
  document.documentElement.lang = language;
  document.documentElement.dir = direction(language);
}

/** The language chosen in this browser, else the first the visitor's browser asks for. */
export function first_language(chosen: unknown): Language {
  return is_language(chosen) ? chosen : wanted_language(navigator.languages);
}

export function t(key: Key, values?: Values): string {
  const message = text.messages[key];
  if (message === undefined) return key;
  if (!message.includes('{') && !message.includes("'")) return message;
  let format = parsed.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(message, text.tag);
    parsed.set(key, format);
  }
  return format.format<string>(values) as string;
}

/** A text whose key is put together from a code of the server; `otherwise` where the page does not know that code. */
export function t_code(prefix: string, code: string, otherwise: string, values?: Values): string {
  const key = `${prefix}.${code}`;
  return key in text.messages ? t(key as Key, values) : otherwise;
}

export function knows(prefix: string, code: string): boolean {
  return `${prefix}.${code}` in text.messages;
}
