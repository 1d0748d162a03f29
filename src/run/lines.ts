/** Files that lines are appended to and that are never changed otherwise. Whatever ends the writer may cut the last line. */

/** Ends a line that was cut short: it stays, and counts for nothing. */
const TORN = '#torn';
const TORN_END = `${TORN}\n`;

/** What must be appended before the next line. */
export type Mend = '' | '\n' | typeof TORN_END;

/**
 * @param take reads a line, numbered from 1, and says whether it could. A whole line ends in a line's end, so only what stands
 * after the last one can be torn.
 */
export function readLines(text: string, take: (line: string, number: number, isLast: boolean) => boolean): Mend {
  const lines = text.split('\n');
  let mend: Mend = text === '' || text.endsWith('\n') ? '' : '\n';
  lines.forEach((line, index) => {
    if (line === '' || line.endsWith(TORN)) return;
    if (!take(line, index + 1, index === lines.length - 1)) mend = TORN_END;
  });
  return mend;
}
