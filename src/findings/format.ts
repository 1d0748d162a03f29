/** Statement to one line of text. `parse(formatStatement(s)).statement` equals `canonicalStatement(s)`. */

import { knowledgeOf } from './knowledge';
import { canonicalPlaces, placePhrases } from './places';
import { roundSeverity, severityPhrase } from './severity';
import type { Statement, StatementItem } from './statement';
import { MAX_SEVERITY, type Finding, type Place } from './vocabulary';

/** "moderate left lower zone consolidation; no effusion". */
export function formatStatement(statement: Statement): string {
  return statement.items.map(formatItem).join('; ');
}

/** "possible mild right lung opacity", "no pneumothorax", "severe edema in right upper zone and left mid zone". */
export function formatItem(item: StatementItem): string {
  const { finding, places, severity, certainty } = canonicalItem(item);
  if (finding === 'no_finding') {
    return certainty === 'negated'
      ? 'abnormal chest'
      : certainty === 'possible'
        ? 'possible normal chest'
        : 'normal chest';
  }
  const named = nameAt(finding, places, certainty === 'negated' ? '' : severityPhrase(severity));
  if (certainty === 'negated') return `no ${named}`;
  return certainty === 'possible' ? `possible ${named}` : named;
}

/** Degree, place and name in the order they are said; an empty degree is left out. */
export function nameAt(finding: Finding, places: readonly Place[], degree: string): string {
  const phrases = placePhrases(places);
  const only = phrases[0];
  const { name } = knowledgeOf(finding);
  const before =
    phrases.length === 1 && only !== undefined && only !== 'mediastinum' ? [degree, only, name] : [degree, name];
  const said = before.filter((word) => word !== '').join(' ');
  return phrases.length === 0 || before.length === 3 ? said : `${said} in ${listed(phrases)}`;
}

/** What text can carry: places in order, severity to three decimals, absent exactly when denied. */
export function canonicalStatement(statement: Statement): Statement {
  return { items: statement.items.map(canonicalItem) };
}

function canonicalItem(item: StatementItem): StatementItem {
  const rounded = roundSeverity(item.severity);
  const denied = item.certainty === 'negated' || rounded === 0;
  const chest = item.finding === 'no_finding';
  return {
    finding: item.finding,
    places: chest ? [] : canonicalPlaces(item.places),
    severity: denied ? 0 : chest ? MAX_SEVERITY : rounded,
    certainty: denied ? 'negated' : item.certainty,
  };
}

function listed(phrases: readonly string[]): string {
  const last = phrases.at(-1) ?? '';
  return phrases.length < 2 ? last : `${phrases.slice(0, -1).join(', ')} and ${last}`;
}
