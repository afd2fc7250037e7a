/** The languages of the page, and which of them a visitor gets. */

export const languages = ['en', 'de', 'es', 'ar', 'ja'] as const;
export type Language = (typeof languages)[number];

export const language_names: Record<Language, string> = { en: 'English', de: 'Deutsch', es: 'Español', ar: 'العربية', ja: '日本語' };

export function is_language(text: unknown): text is Language {
  return typeof text === 'string' && (languages as readonly string[]).includes(text);
}

export function direction(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** The first language a visitor wants that there is: "de-AT" is German. English if there is none. */
export function wanted_language(wanted: readonly string[]): Language {
  return wanted.map((tag) => tag.toLowerCase().split('-')[0]).find(is_language) ?? 'en';
}

/** The visitor's own tag of that language, for numbers and dates: "en-GB" writes days otherwise than "en-US". */
export function format_tag(language: Language, wanted: readonly string[]): string {
  return wanted.find((tag) => tag.toLowerCase().split('-')[0] === language) ?? language;
}
