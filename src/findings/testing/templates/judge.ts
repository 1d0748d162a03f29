/** Whether what was read of a sentence is what it means. */

import type { FindingChange } from '../../change';
import type { StatementItem } from '../../statement';
import type { Finding, Place } from '../../vocabulary';
import type { EditSentence, Meaning, ReportSentence } from './render';

/** Denied or doubted findings that the sentence does not mention are let pass; a finding too many is not. */
export function readRightly(items: readonly StatementItem[], { meanings }: ReportSentence): boolean {
  const strays = items.filter(({ finding, certainty }) => certainty === 'certain' && !mentions(meanings, finding));
  if (strays.some(({ finding }) => finding !== 'no_finding' || meanings.some(({ what }) => what === 'certain')))
    return false;
  return meanings.every((meaning) => {
    const said = items.filter(({ finding }) => finding === meaning.finding);
    if (meaning.what === 'unsaid') return said.length === 0;
    const fitting = said.filter(
      ({ certainty, severity }) =>
        certainty === meaning.what && (meaning.severity === undefined || meaning.severity === severity),
    );
    if (fitting.length === 0) return false;
    const others = meanings.filter(({ finding }) => finding === meaning.finding);
    // Nothing else is said of the finding than what the sentence means.
    if (said.some(({ certainty }) => others.every(({ what }) => what !== certainty))) return false;
    if (meaning.places === undefined) return true;
    if (meaning.what === 'negated')
      return meaning.places.every((place) =>
        fitting.some(({ places }) => places.length === 0 || places.includes(place)),
      );
    const wanted = new Set(others.flatMap(({ what, places }) => (what === meaning.what ? (places ?? []) : [])));
    return (
      meaning.places.every((place) => fitting.some(({ places }) => places.includes(place))) &&
      said.every(({ certainty, places }) => certainty !== meaning.what || places.every((place) => wanted.has(place)))
    );
  });
}

const mentions = (meanings: readonly Meaning<unknown>[], finding: Finding): boolean =>
  meanings.some((meaning) => meaning.finding === finding);

/** Exactly the edits that are meant, and no other. */
export function askedRightly(edits: readonly FindingChange[], { meanings, seen }: EditSentence): boolean {
  if (edits.some(({ finding }) => !mentions(meanings, finding))) return false;
  return meanings.every((meaning) => {
    const edit = edits.find(({ finding }) => finding === meaning.finding);
    if (edit === undefined) return false;
    const before = seen.items.find(({ finding }) => finding === meaning.finding)?.severity;
    return fits(edit, meaning, before);
  });
}

function fits(
  edit: FindingChange,
  { what, places, severity }: EditSentence['meanings'][number],
  before?: number,
): boolean {
  const drawn = edit.places.filter((place) => severityAt(edit, place) > 0);
  const there = places === undefined || samePlaces(drawn, places);
  switch (what) {
    case 'remove':
      return edit.kind === 'remove' && (places === undefined || samePlaces(edit.places, places));
    case 'from':
      return (places ?? []).every((place) => edit.places.includes(place) && severityAt(edit, place) === 0);
    case 'add':
    case 'put':
      return (
        (what === 'add' ? edit.kind === 'add' : edit.kind !== 'remove') &&
        there &&
        (severity === undefined ||
          (edit.severity === severity && drawn.every((at) => severityAt(edit, at) === severity)))
      );
    case 'less':
      return edit.kind === 'grade' && edit.severity <= 1 && there;
    case 'more':
      return edit.kind === 'grade' && edit.severity >= 3 && there;
    case 'up':
      return edit.kind !== 'remove' && edit.severity > (before ?? 1) && there;
    case 'down':
      if (edit.kind === 'remove')
        return before === undefined && (places === undefined || samePlaces(edit.places, places));
      return edit.kind === 'grade' && edit.severity < (before ?? 2) && there;
  }
}

const severityAt = (edit: FindingChange, place: Place): number => edit.severities?.[place] ?? edit.severity;
const samePlaces = (one: readonly Place[], other: readonly Place[]): boolean =>
  one.length === other.length && one.every((place) => other.includes(place));
