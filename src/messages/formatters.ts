/** Intl's formatters, made once for each locale and set of options: making one costs more than using it a thousand times. */

type Options = object | undefined;

function kept<Formatter>(make: (locale: string | undefined, options: Options) => Formatter) {
  const known = new Map<string, Formatter>();
  return (locale?: Intl.LocalesArgument, options?: Options): Formatter => {
    const key = JSON.stringify([locale, options]);
    const before = known.get(key);
    if (before !== undefined) return before;
    const made = make(String(locale), options);
    known.set(key, made);
    return made;
  };
}

export const formatters = {
  getNumberFormat: kept((locale, options) => new Intl.NumberFormat(locale, options)),
  getDateTimeFormat: kept((locale, options) => new Intl.DateTimeFormat(locale, options)),
  getPluralRules: kept((locale, options) => new Intl.PluralRules(locale, options)),
  getListFormat: kept((locale, options) => new Intl.ListFormat(locale, options)),
};
