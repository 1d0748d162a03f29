/** What the controls of "What is different?" do. Each is one step to undo; repeats in quick succession are one. */

import type { PlacedFinding } from '../../findings/combinations';
import type { Finding, Place } from '../../findings/vocabulary';
import {
  withAdded,
  withAmount,
  withCentre,
  withChosen,
  withFinding,
  withFindings,
  withOption,
  withPlaceMoved,
  withPlaces,
  withPlaceSeverity,
  withPlaceToggled,
  withSampling,
  withSeverity,
  withText,
  withoutAsked,
  withoutDonor,
  type EditRequest,
  type SamplingRequest,
} from '../../record/editRequest';
import { seenStatement } from '../seenStatement';
import { disagreement } from '../requestedEdit';
import type { Studio } from '../studio';
import { currentDocument } from '../slices/documents';
import { TYPING } from '../../record/history/history';
import { analysisOf, withRequest } from '../../record/studioDocument';
import { zoneAt } from '../zoneMask';

function change(
  { store, services }: Studio,
  control: string,
  label: string,
  next: (request: EditRequest, masked: boolean) => EditRequest,
): void {
  const at = services.now();
  store
    .getState()
    .updateCurrent('undoable', (document) =>
      withRequest(document, next(document.request, document.mask !== undefined), { label, control, at }),
    );
}

export function typeText(studio: Studio, text: string): void {
  const state = studio.store.getState();
  const seen = seenStatement(analysisOf(currentDocument(state))?.reading, state.release?.thresholds);
  change(studio, TYPING, 'Typing', (request, masked) => withText(request, text, masked, seen));
}

export function chooseFinding(studio: Studio, finding: Finding): void {
  change(studio, `finding ${finding}`, 'Finding', (request) => withFinding(request, finding));
}

export function choosePlaces(studio: Studio, places: readonly Place[]): void {
  change(studio, `places ${places.join()}`, 'Zones', (request) => withPlaces(request, places));
}

export function togglePlace(studio: Studio, place: Place): void {
  // Never merged with the toggle before: each press is a step of its own.
  change(studio, `place ${place} ${String(studio.services.now())}`, 'Zones', (request) =>
    withPlaceToggled(request, place),
  );
}

export function setSeverity(studio: Studio, severity: number): void {
  change(studio, 'severity', 'Severity', (request) => withSeverity(request, severity));
}

/** The finding's own quantity. */
export function setAmount(studio: Studio, amount: number): void {
  change(studio, 'amount', 'Amount', (request) => withAmount(request, amount));
}

export function setOption(studio: Studio, name: string, choice: string): void {
  change(studio, `option ${name}`, 'Look', (request) => withOption(request, name, choice));
}

/** Where its centre lies, and so in which zone; undefined: anywhere in its places. */
export function setCentre(studio: Studio, at: { readonly x: number; readonly y: number } | undefined): void {
  const analysis = analysisOf(currentDocument(studio.store.getState()));
  const place = at === undefined || analysis === undefined ? undefined : zoneAt(analysis, at);
  change(studio, 'centre', 'Place', (request) => withCentre(request, at, place));
}

/** What a donor gave goes; the finding stays. */
export function dropDonor(studio: Studio): void {
  change(studio, 'donor', 'Donor', withoutDonor);
}

export function setPlaceSeverity(studio: Studio, place: Place, severity: number): void {
  change(studio, `severity ${place}`, 'Severity', (request) => withPlaceSeverity(request, place, severity));
}

export function movePlace(studio: Studio, from: Place, to: Place): void {
  // Never merged with the move before: each is a step of its own.
  change(studio, `move ${from} ${to} ${String(studio.services.now())}`, 'Move', (request) =>
    withPlaceMoved(request, from, to),
  );
}

/** Findings with the severity of each place, as another patient has them, in place of all that was asked. */
export function askFor(
  studio: Studio,
  findings: readonly PlacedFinding[],
  label = findings.length === 1 ? 'Borrowed finding' : 'Borrowed findings',
): void {
  change(studio, `ask ${String(studio.services.now())}`, label, (request) => withFindings(request, findings));
}

/** The controls go to another of the findings that are asked. */
export function chooseAsked(studio: Studio, finding: Finding): void {
  change(studio, 'chosen', 'Chosen finding', (request) => withChosen(request, finding));
}

export function addFinding(studio: Studio, finding: Finding): void {
  change(studio, `add ${finding}`, 'Add finding', (request) => withAdded(request, finding));
}

/** One of several findings is not asked any more. */
export function dropAsked(studio: Studio, finding: Finding): void {
  change(studio, `drop ${finding}`, 'Leave out finding', (request) => withoutAsked(request, finding));
}

/** Findings that cannot be asked together become the nearest that can. */
export function settleDisagreement(studio: Studio): void {
  change(studio, `settle ${String(studio.services.now())}`, 'Nearest that can be', (request) => {
    const { instead = [] } = disagreement(request) ?? {};
    return withFindings(
      request,
      instead,
      Math.max(
        0,
        instead.findIndex(({ finding }) => finding === request.finding),
      ),
    );
  });
}

export function setSampling(studio: Studio, sampling: Partial<SamplingRequest>): void {
  change(studio, `sampling ${Object.keys(sampling).join()}`, 'Sampling', (request) => withSampling(request, sampling));
}
