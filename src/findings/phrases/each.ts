/** Families of phrases, spelt out from their parts. */

/** Every way to take one of each, joined by spaces; an empty part leaves no trace. */
export function each(...parts: readonly (readonly string[])[]): readonly string[] {
  return parts.reduce<readonly string[]>(
    (firsts, next) => firsts.flatMap((first) => next.map((word) => `${first} ${word}`.trim())),
    [''],
  );
}
