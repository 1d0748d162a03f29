/** A model's answer, checked: JSON as asked, findings and zones of the vocabulary, and words that stand in the report. */

import * as z from 'zod/mini';
import { knowledgeOf } from '../../knowledge';
import { canonicalPlaces } from '../../places';
import { DEFAULT_SEVERITY } from '../../severity';
import { FINDINGS, MAX_SEVERITY, PLACES, type Finding, type Place } from '../../vocabulary';
import type { LeftOut, ReadReport, ReportItem } from '../extractor';
import { ModelAnswerError } from './errors';
import { MOST_ITEMS } from './prompt';
import { findQuote } from './quote';

/** Loose on purpose: what is wrong inside an item costs that item, not the answer. */
const answerSchema = z.object({ items: z.array(z.unknown()) });
const itemSchema = z.object({
  quote: z.string().check(z.minLength(1)),
  finding: z.string(),
  certainty: z.enum(['certain', 'possible', 'negated']),
  /** null: not graded. */
  severity: z.nullish(z.number().check(z.minimum(0), z.maximum(MAX_SEVERITY))),
  zones: z.array(z.string()),
});

const isFinding = (name: string): name is Finding => FINDINGS.some((finding) => finding === name);
const isPlace = (name: string): name is Place => PLACES.some((place) => place === name);

/**
 * @param text what the model was given, at the report's offsets
 * @throws ModelAnswerError where it is no JSON of the agreed shape
 */
export function readAnswer(answer: string, text: string): ReadReport {
  const { items } = parsedAnswer(answer);
  const read: ReportItem[] = [];
  const leftOut: LeftOut[] = [];
  for (const each of items.slice(0, MOST_ITEMS)) {
    const checked = itemSchema.safeParse(each);
    if (!checked.success) {
      leftOut.push({ reason: 'shape', what: JSON.stringify(each).slice(0, 80) });
      continue;
    }
    const { finding, quote, certainty, severity, zones } = checked.data;
    const at = findQuote(quote, text);
    if (!isFinding(finding)) leftOut.push({ reason: 'finding', what: finding.slice(0, 80) });
    else if (at === undefined) leftOut.push({ reason: 'quote', what: quote.slice(0, 80) });
    else {
      leftOut.push(
        ...zones.filter((zone) => !isPlace(zone)).map((zone): LeftOut => ({ reason: 'zone', what: zone.slice(0, 80) })),
      );
      const negated = certainty === 'negated' || severity === 0;
      const item: ReportItem = {
        finding,
        places: placesFor(finding, zones.filter(isPlace)),
        severity: negated ? 0 : finding === 'no_finding' ? MAX_SEVERITY : (severity ?? DEFAULT_SEVERITY),
        certainty: negated ? 'negated' : certainty,
        ...at,
        severityStated: typeof severity === 'number',
      };
      if (!read.some((other) => isSame(other, item))) read.push(item);
    }
  }
  if (items.length > MOST_ITEMS)
    leftOut.push({ reason: 'shape', what: `${String(items.length - MOST_ITEMS)} further items` });
  return { items: read.toSorted((one, other) => one.start - other.start), unrecognised: [], leftOut };
}

const isSame = (one: ReportItem, other: ReportItem): boolean =>
  one.finding === other.finding &&
  one.certainty === other.certainty &&
  one.start === other.start &&
  one.places.join() === other.places.join();

/** What has one place only (the heart) is not placed by words; models name a zone all the same. */
function placesFor(finding: Finding, zones: readonly Place[]): readonly Place[] {
  return finding === 'no_finding' || knowledgeOf(finding).places.length === 1 ? [] : canonicalPlaces(zones);
}

function parsedAnswer(answer: string): z.infer<typeof answerSchema> {
  // Models that think aloud, and fences around JSON.
  const bare = answer.replaceAll(/<think>[\s\S]*?<\/think>/g, '');
  const [from, to] = [bare.indexOf('{'), bare.lastIndexOf('}')];
  if (from < 0 || to < from) throw new ModelAnswerError('it holds no JSON object');
  let value: unknown;
  try {
    value = JSON.parse(bare.slice(from, to + 1));
  } catch (cause) {
    throw new ModelAnswerError('its JSON breaks off or is malformed', { cause });
  }
  const parsed = answerSchema.safeParse(value);
  if (!parsed.success) throw new ModelAnswerError('its JSON has no list of items');
  return parsed.data;
}
