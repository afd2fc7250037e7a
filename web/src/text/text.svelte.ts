/** Texts of the page in the visitor's language. Catalogues are fetched when they are needed, English among them. */
import { take_ahead } from '../state/ahead';
import type english from './en.json';
import { direction, format_tag, is_language, wanted_language, type Language } from './languages';
import { read_message, Speaker, type Message, type Values } from './message';

export type Key = keyof typeof english;

const catalogues = import.meta.glob<string>('./*.json', { query: '?url', import: 'default', eager: true });

class Text {
  language = $state<Language>('en');
  /** For Intl: the language with the visitor's region. */
  tag = $state('en');
  messages = $state.raw<Record<string, string>>({});
}

export const text = new Text();
let read = new Map<string, Message>();
let speaker: Speaker | undefined; // of text.tag

/** Switches to a language once its catalogue is here; keeps the old one where it cannot be had. */
export async function speak(language: Language): Promise<void> {
  const file = catalogues[`./${language}.json`]!;
  const response = await (take_ahead(file) ?? fetch(file));
  if (!response.ok) throw new Error(`no catalogue for ${language}`);
  const messages = (await response.json()) as Record<string, string>;
  read = new Map();
  speaker = undefined;
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
  if (!message.includes('{')) return message;
  let pieces = read.get(key);
  if (pieces === undefined) {
    pieces = read_message(message);
    read.set(key, pieces);
  }
  speaker ??= new Speaker(text.tag);
  return speaker.say(pieces, values);
}

/** Between what was and what is; it points the way that is read. */
export function onward(): string {
  return direction(text.language) === 'rtl' ? '←' : '→';
}

/** A text whose key is put together from a code of the server; `otherwise` where the page does not know that code. */
export function t_code(prefix: string, code: string, otherwise: string, values?: Values): string {
  const key = `${prefix}.${code}`;
  return key in text.messages ? t(key as Key, values) : otherwise;
}

/** A name of the server as keys are written: "DNS TXT" is dns_txt. */
export const code_of = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '_');

export function knows(prefix: string, code: string): boolean {
  return `${prefix}.${code}` in text.messages;
}
