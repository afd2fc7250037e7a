/**
 * Messages of the catalogues: ICU MessageFormat as far as they use it: `{name}`, and
 * `{count, plural, one {# person} other {# people}}` with `=0`, in any depth. Quotes and other types are refused by a test
 * of the catalogues, which also holds every message to what the whole of ICU makes of it.
 */

export type Values = Record<string, string | number>;

/** A piece of text, a value's name, `#`, or a choice by number. */
type Piece = string | { value: string } | { count: true } | { plural: string; forms: Record<string, Piece[]> };
export type Message = Piece[];

/** Throws for what is no message. */
export function read_message(source: string): Message {
  const reader = new Reader(source);
  const message = reader.pieces(false);
  if (!reader.is_done) throw new Error(`"${source}": a brace closes nothing`);
  return message;
}

/** Numbers and plural forms of one language. */
export class Speaker {
  readonly #numbers: Intl.NumberFormat;
  readonly #rules: Intl.PluralRules;

  constructor(tag: string) {
    this.#numbers = new Intl.NumberFormat(tag);
    this.#rules = new Intl.PluralRules(tag);
  }

  /** Numbers are grouped where they choose a form; others come written by format.ts. A value that was not given is written as its name in braces: seen, and no reason to show no page. */
  say(message: Message, values: Values = {}, count?: number): string {
    return message.map((piece) => this.#piece(piece, values, count)).join('');
  }

  #piece(piece: Piece, values: Values, count?: number): string {
    if (typeof piece === 'string') return piece;
    if ('count' in piece) return this.#numbers.format(count ?? NaN);
    if ('value' in piece) return String(values[piece.value] ?? `{${piece.value}}`);
    const number = Number(values[piece.plural]);
    const form = piece.forms[`=${number}`] ?? piece.forms[this.#rules.select(number)] ?? piece.forms.other!;
    return this.say(form, values, number);
  }
}

class Reader {
  #at = 0;
  constructor(private readonly source: string) {}

  get is_done(): boolean {
    return this.#at === this.source.length;
  }

  /** Until the end, or the brace that closes what was open. `in_plural`: `#` is the number. */
  pieces(in_plural: boolean): Piece[] {
    const found: Piece[] = [];
    while (!this.is_done && this.source[this.#at] !== '}') {
      if (this.#take('{')) found.push(this.#argument());
      else if (in_plural && this.#take('#')) found.push({ count: true });
      else found.push(this.#until(in_plural ? /[{}#]/g : /[{}]/g));
    }
    return found;
  }

  #argument(): Piece {
    const name = this.#word();
    if (this.#take('}')) return { value: name };
    this.#need(',');
    if (this.#word() !== 'plural') throw this.#wrong('only plural is known');
    this.#need(',');
    const forms: Record<string, Piece[]> = {};
    while (!this.#take('}')) {
      const form = this.#word();
      this.#need('{');
      forms[form] = this.pieces(true);
      this.#need('}');
      this.#skip_spaces();
    }
    if (!forms.other) throw this.#wrong('a plural needs the form other');
    return { plural: name, forms };
  }

  #until(ends: RegExp): string {
    ends.lastIndex = this.#at;
    const end = ends.exec(this.source)?.index ?? this.source.length;
    const text = this.source.slice(this.#at, end);
    this.#at = end;
    return text;
  }

  #word(): string {
    this.#skip_spaces();
    const word = this.#until(/[\s,{}]/g);
    if (word === '') throw this.#wrong('a name is missing');
    this.#skip_spaces();
    return word;
  }

  #skip_spaces(): void {
    while (/\s/.test(this.source[this.#at] ?? '')) this.#at += 1;
  }

  #take(letter: string): boolean {
    const is_here = this.source[this.#at] === letter;
    if (is_here) this.#at += 1;
    return is_here;
  }

  #need(letter: string): void {
    if (!this.#take(letter)) throw this.#wrong(`${letter} is missing`);
    if (letter === ',') this.#skip_spaces();
  }

  #wrong(why: string): Error {
    return new Error(`"${this.source}" at ${this.#at}: ${why}`);
  }
}
