/** Reading a report: what it says of each finding, and where it says so. */

import type { Doubt } from '../certainty';
import { parse, type Unrecognised } from '../parse';
import type { StatementItem } from '../statement';

/** One thing that a report says. */
export interface ReportItem extends StatementItem {
  /** Offsets of the words that it was read from: [start, end) of the report as given. */
  readonly start: number;
  readonly end: number;
  /** False: the grade is the usual one of a finding that is named without one. */
  readonly severityStated: boolean;
  /** How it is doubted; of a possible finding, where the reading tells. */
  readonly doubt?: Doubt;
}

/** What a model said and was not taken: a finding or zone outside of the vocabulary, words that the report does not hold, a broken item. */
export interface LeftOut {
  readonly reason: 'finding' | 'zone' | 'quote' | 'shape';
  readonly what: string;
}

export interface ReadReport {
  /** In reading order; a finding said twice gives two. */
  readonly items: readonly ReportItem[];
  /** Words that nothing was made of. */
  readonly unrecognised: readonly Unrecognised[];
  readonly leftOut?: readonly LeftOut[];
}

/** A way to read reports. None may say anything that it cannot point to in the text. */
export interface ReportExtractor {
  readonly id: string;
  /** @throws CounterpartError where the report could not be read; DOMException AbortError where the signal says so */
  read(report: string, signal?: AbortSignal): ReadReport | Promise<ReadReport>;
}

/** By rules: at once, on this machine, the same every time. */
export const byRules = {
  id: 'rules',
  read(report: string): ReadReport {
    const { statement, evidence, unrecognised } = parse(report);
    const items = statement.items.map((item, index): ReportItem => {
      const { start = 0, end = 0, severityStated = false, doubt } = evidence[index] ?? {};
      return { ...item, start, end, severityStated, ...(doubt === undefined ? {} : { doubt }) };
    });
    return { items, unrecognised };
  },
} as const satisfies ReportExtractor;
