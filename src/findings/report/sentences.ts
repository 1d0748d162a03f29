/**
 * A statement in the style of a report's findings section: what is there, the worst first, then what is not. In English, whatever the
 * language of the screen: it is data that travels with a picture, and `parse` reads it back.
 */

import { canonicalStatement, nameAt } from '../format';
import { knowledgeOf } from '../knowledge';
import { severityPhrase } from '../severity';
import type { Statement, StatementItem } from '../statement';
import type { Finding } from '../vocabulary';

/** Findings whose absence a report of the chest tells. */
const TOLD: readonly Finding[] = ['consolidation', 'effusion', 'pneumothorax'];

/** "Moderate left lower zone opacity. No effusion or pneumothorax. The heart is not enlarged." */
export function findingsText(statement: Statement): string {
  const there = canonicalStatement(statement)
    .items.filter(({ finding, certainty }) => finding !== 'no_finding' && certainty !== 'negated')
    .toSorted((one, other) => other.severity - one.severity);
  const named = new Set(there.map(({ finding }) => finding));
  const opaque = [...named].some((finding) => knowledgeOf(finding).opacityLike);
  const inLung = [...named].some((finding) => knowledgeOf(finding).site === 'lung');
  const absent = TOLD.filter((finding) => !named.has(finding) && !(finding === 'consolidation' && opaque));
  return [
    ...(inLung ? [] : ['The lungs are clear.']),
    ...there.map(sentenceOf),
    ...(absent.length === 0 ? [] : [`No ${orList(absent.map((finding) => knowledgeOf(finding).name))}.`]),
    ...(named.has('cardiomegaly') ? [] : ['The heart is not enlarged.']),
  ].join(' ');
}

function sentenceOf({ finding, places, severity, certainty }: StatementItem): string {
  const fixed = knowledgeOf(finding).places.length === 1;
  const name = nameAt(finding, fixed ? [] : places, severityPhrase(severity));
  const said = certainty === 'possible' ? `possible ${name}` : name;
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
}

function orList(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`;
}

/** The same chest before and after an edit, marked as what it is: neither text was written by anyone who saw the picture. */
export function counterfactualReport(before: Statement, after: Statement): string {
  return [
    'SYNTHETIC REPORT. Written from the statements of a counterfactual, not by anyone who read the film. For research only.',
    `BEFORE: ${findingsText(before)}`,
    `AFTER: ${findingsText(after)}`,
  ].join('\n');
}
