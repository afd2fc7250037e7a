/** Numbers and dates as the visitor writes them (Intl). What is not known is a dash, never 0. */
import networks from './names/networks.json';
import { text } from './text.svelte';

export const unknown = '–';

const made = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function once<F extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: () => F): F {
  const key = `${text.tag} ${name}`;
  const found = made.get(key) ?? make();
  made.set(key, found);
  return found as F;
}

function number_format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return once(JSON.stringify(options), () => new Intl.NumberFormat(text.tag, options));
}

/** With the sign that is as wide as a plus; Intl writes a hyphen. */
function write(options: Intl.NumberFormatOptions, value: number): string {
  return number_format(options).format(value).replace('-', '\u2212');
}

export function number(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined) return unknown;
  return write({ minimumFractionDigits: digits, maximumFractionDigits: digits }, value);
}

/** With its sign, as a change is written. */
export function signed(value: number | null | undefined, digits = 1): string {
  if (value === null || value === undefined) return unknown;
  return write({ minimumFractionDigits: digits, maximumFractionDigits: digits, signDisplay: 'exceptZero' }, value);
}

/** 0.41 is 41 %. */
export function percent(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined) return unknown;
  return write({ style: 'percent', minimumFractionDigits: digits, maximumFractionDigits: digits }, value);
}

/** A file's size: 1,234,567 bytes are "1.2 MB". */
export function megabytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return unknown;
  return number_format({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(bytes / 1e6);
}

function date_format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return once(JSON.stringify(options), () => new Intl.DateTimeFormat(text.tag, options));
}

/** A day of the score ("2026-11-29"): days are of UTC, wherever the visitor is. */
export function day(value: string | null | undefined, style: 'short' | 'long' = 'short'): string {
  if (!value) return unknown;
  const options: Intl.DateTimeFormatOptions =
    style === 'short' ? { day: 'numeric', month: 'short', timeZone: 'UTC' } : { dateStyle: 'long', timeZone: 'UTC' };
  return date_format(options).format(new Date(`${value.slice(0, 10)}T00:00:00Z`));
}

/** The last day that an `as_of` holds: that of midnight is the day that ended then. */
export function day_of_as_of(value: string | null | undefined, style: 'short' | 'long' = 'short'): string {
  return value ? day(new Date(Date.parse(value) - 1000).toISOString(), style) : unknown;
}

/** A moment, in the visitor's own time zone. */
export function moment(value: string | null | undefined): string {
  if (!value) return unknown;
  return date_format({ dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value));
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** "45 seconds", "5 minutes", "20 hours": in the largest unit that it fills, rounded up. */
export function duration(seconds: number): string {
  const [unit, length] = steps.find(([, length]) => seconds >= length) ?? ['second', 1];
  return number_format({ style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 0 }).format(Math.ceil(seconds / length));
}

/** "3 hours ago"; `now` in milliseconds. */
export function ago(value: string | null | undefined, now: number = Date.now()): string {
  if (!value) return unknown;
  const seconds = (new Date(value).getTime() - now) / 1000;
  const [unit, length] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['minute', 60];
  const format = once('relative', () => new Intl.RelativeTimeFormat(text.tag, { numeric: 'auto' }));
  return format.format(Math.round(seconds / length), unit);
}

const network_names: Record<string, string> = networks;

/** Name of a network as it writes itself; unknown ones with a capital. */
export function network_name(network: string): string {
  return network_names[network] ?? network.charAt(0).toUpperCase() + network.slice(1);
}
