/** Numbers, shares, lists and dates as the language of the screen writes them. */

import * as units from './en/units';
import { formatters } from './formatters';
import { language } from './language';

/** So many digits after the point, and no separators of thousands: 2.50. */
export function fixed(value: number, digits: number): string {
  return formatters
    .getNumberFormat(language().locale, {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      // Nothing is no less than nothing: 0, not -0.
      signDisplay: 'negative',
      useGrouping: false,
    })
    .format(value);
}

/** As many digits as it has: 7.5. */
export function plain(value: number): string {
  return formatters.getNumberFormat(language().locale, { maximumFractionDigits: 6, useGrouping: false }).format(value);
}

/** A large whole number: 1,234,567. */
export function grouped(value: number): string {
  return formatters.getNumberFormat(language().locale, { maximumFractionDigits: 0 }).format(value);
}

/** A share of one: 42 %. */
export function percent(share: number, digits = 0): string {
  return units.percent({ value: fixed(100 * share, digits) });
}

/** Decimal: 0.4 MB, 12.3 MB. */
export function megabytes(bytes: number): string {
  return units.megabytes({ value: fixed(bytes / 1e6, 1) });
}

export function seconds(milliseconds: number, digits: number): string {
  return units.seconds({ value: fixed(milliseconds / 1000, digits) });
}

/** One after another: "A, B, C". */
export function listed(items: readonly string[]): string {
  return formatters.getListFormat(language().locale, { type: 'unit', style: 'long' }).format(items);
}

/** All of them: "A, B and C". */
export function allOf(items: readonly string[]): string {
  return formatters.getListFormat(language().locale, { type: 'conjunction' }).format(items);
}

/** At the beginning of a sentence or on a button. */
export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase(language().locale) + text.slice(1);
}

/** Within a sentence. */
export function small(text: string): string {
  return text.charAt(0).toLocaleLowerCase(language().locale) + text.slice(1);
}

export function dateTime(at: Date, options: Intl.DateTimeFormatOptions): string {
  return formatters.getDateTimeFormat(language().locale, options).format(at);
}
