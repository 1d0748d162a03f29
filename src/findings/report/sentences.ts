/**
 * A statement in the style of a report's findings section: what is there, the worst first, then what is denied. What the statement does
 * not speak of is not spoken of. In English, whatever the language of the screen: it is data that travels with a picture, and `parse`
 * reads it back.
 */

import { canonicalStatement, formatItem, nameAt } from '../format';
import { knowledgeOf } from '../knowledge';
import { gradePhrase } from '../severity';
import type { Statement, StatementItem } from '../statement';
import type { Finding } from '../vocabulary';

/**
 * "Moderate left lower zone opacity. No effusion or pneumothorax."
 * @param ungraded findings whose grade nobody stated: "Cardiomegaly."
 */
export function findingsText(statement: Statement, ungraded: ReadonlySet<Finding> = new Set()): string {
  const { items } = canonicalStatement(statement);
  const there = items
    .filter(({ finding, certainty }) => finding !== 'no_finding' && certainty !== 'negated')
    .toSorted((one, other) => other.severity - one.severity);
  const normal =
    there.length === 0 && items.some(({ finding, certainty }) => finding === 'no_finding' && certainty === 'certain');
  const denied = items.filter(({ finding, certainty }) => finding !== 'no_finding' && certainty === 'negated');
  const everywhere = denied.filter(({ places }) => places.length === 0).map(({ finding }) => knowledgeOf(finding).name);
  const sentences = [
    ...(normal ? ['Normal chest.'] : []),
    ...there.map((item) => sentenceOf(item, ungraded.has(item.finding))),
    ...(everywhere.length === 0 ? [] : [`No ${orList(everywhere)}.`]),
    ...denied.filter(({ places }) => places.length > 0).map((item) => sentence(formatItem(item))),
  ];
  return sentences.length === 0 ? 'Nothing is stated.' : sentences.join(' ');
}

function sentenceOf({ finding, places, severity, certainty }: StatementItem, ungraded: boolean): string {
  const fixed = knowledgeOf(finding).places.length === 1;
  const name = nameAt(finding, fixed ? [] : places, ungraded ? '' : gradePhrase(severity));
  return sentence(certainty === 'possible' ? `possible ${name}` : name);
}

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;

function orList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** The findings of one chest before and after an edit, marked as what it is: neither text was written by anyone who saw the picture. */
export function counterfactualReport({ before, after }: { readonly before: string; readonly after: string }): string {
  return [
    'SYNTHETIC REPORT. Written from the statements of a counterfactual, not by anyone who read the film. For research only.',
    `BEFORE: ${before}`,
    `AFTER, AS ASKED: ${after}`,
  ].join('\n');
}
