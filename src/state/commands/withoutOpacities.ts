/** The film on the screen without its opacities: its healthy twin, and as the difference what it has more. */

import type { PlacedFinding } from '../../findings/combinations';
import * as reasons from '../../messages/en/reasons';
import { baseAnalysis, type StudioDocument } from '../../record/studioDocument';
import { currentDocument } from '../slices/documents';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { zonesToClear } from '../swap';
import { generate } from './generate';
import { clearMask } from './mask';
import { askFor } from './request';

/** Why it cannot be asked for now, in words; undefined when it can. What stops any request stops this one too, and is said by it. */
export function whyNotWithoutOpacities(state: StudioState): string | undefined {
  const document = currentDocument(state);
  if (document === undefined) return reasons.openFirst();
  const analysis = baseAnalysis(document);
  if (analysis.status !== 'ready') return reasons.beingRead();
  return undefined;
}

/** All opacity goes from every zone that it is read in, in place of what was asked: two steps to undo, the request and its mask. Where none is read that is said. */
export async function withoutOpacities(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  if (document === undefined || whyNotWithoutOpacities(state) !== undefined) return;
  const asked = allGone(document);
  if (asked === undefined) {
    state.notify({ tone: 'warning', title: reasons.noOpacityRead(), problems: [] });
    return;
  }
  clearMask(studio);
  askFor(studio, [asked], 'Without opacities');
  const { length } = document.versions;
  await generate(studio);
  const after = currentDocument(studio.store.getState());
  // The user may have turned to another film, or stopped it.
  if (after?.id === document.id && after.versions.length > length) studio.store.getState().setComparison('difference');
}

/** Undefined where no opacity is read. */
function allGone(document: StudioDocument): PlacedFinding | undefined {
  const analysis = baseAnalysis(document);
  const zones = analysis.status === 'ready' ? zonesToClear(analysis.analysis.reading, []) : [];
  return zones.length === 0
    ? undefined
    : { finding: 'lung_opacity', severities: Object.fromEntries(zones.map((zone) => [zone, 0])) };
}
