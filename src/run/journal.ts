/** What a run has done, a line an item, appended and never changed: whatever ends the run, the lines before it hold. */

import { IN_WORDS } from '../schemas/issues';
import { JournalInvalidError } from './errors';
import { outcomeSchema, type Outcome } from './item';
import { readLines, type Mend } from './lines';

export interface Journal {
  /** All that was written so far; '' before the first line. */
  read(): Promise<string>;
  /** On the disk when it returns. */
  append(line: string): Promise<void>;
}

export interface History {
  /** The last outcome of each item. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  /** How often each item has failed, of those that have. */
  readonly failures: ReadonlyMap<string, number>;
  /** What must be appended before the next line: a run that is killed may leave its last line without an end. */
  readonly mend: Mend;
}

/**
 * @param before lines that stand above the text
 * @throws JournalInvalidError where a line before the last cannot be read: it is of something else, or was edited
 */
export function readHistory(text: string, before = 0): History {
  const outcomes = new Map<string, Outcome>();
  const failures = new Map<string, number>();
  const mend = readLines(text, (line, number, isLast) => {
    const outcome = parseLine(line);
    if (typeof outcome !== 'string') {
      const { id } = outcome.item;
      outcomes.set(id, outcome);
      if (outcome.status === 'failed') failures.set(id, (failures.get(id) ?? 0) + 1);
    } else if (!isLast) throw new JournalInvalidError(before + number, outcome);
    return typeof outcome !== 'string';
  });
  return { outcomes, failures, mend };
}

/** The outcome, or why it is none. */
function parseLine(line: string): Outcome | string {
  try {
    const parsed = outcomeSchema.safeParse(JSON.parse(line), IN_WORDS);
    return parsed.success ? parsed.data : (parsed.error.issues[0]?.message ?? 'not as expected');
  } catch {
    return 'it is not JSON';
  }
}

export function lineOf(outcome: Outcome): string {
  return `${JSON.stringify(outcome)}\n`;
}
