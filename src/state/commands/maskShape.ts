/** What can be done to the mask in use as a whole. */

import { ZONES } from '../../findings/vocabulary';
import { emptyMask, featherMask, isMaskEmpty } from '../../imaging/mask';
import { intersectMasks, invertMask } from '../../imaging/mask-combine';
import { fillHoles, growMask, largestRegion, shrinkMask, smoothMask } from '../../imaging/mask-morphology';
import type { Mask } from '../../imaging/radiograph';
import * as notices from '../../messages/en/notices';
import { amountPixels } from '../masks/amount';
import { currentDocument } from '../slices/documents';
import { analysisOf, withMask, type StudioDocument } from '../../record/studioDocument';
import type { Studio } from '../studio';
import { maskOfPlaces } from '../zoneMask';

/** Those that ask how far. */
export const SIZED_RESHAPINGS = ['grow', 'shrink', 'feather', 'smooth'] as const;
export type SizedReshaping = (typeof SIZED_RESHAPINGS)[number];

const SIZED: Readonly<
  Record<SizedReshaping, { readonly label: string; readonly apply: (mask: Mask, pixels: number) => Mask }>
> = {
  grow: { label: 'Grow mask', apply: growMask },
  shrink: { label: 'Shrink mask', apply: shrinkMask },
  feather: { label: 'Feather mask', apply: featherMask },
  smooth: { label: 'Smooth mask', apply: smoothMask },
};

function reshape(
  { store }: Studio,
  label: string,
  apply: (mask: Mask, document: StudioDocument) => Mask | undefined,
  gone: () => string,
): void {
  const document = currentDocument(store.getState());
  if (document?.mask === undefined) return;
  const mask = apply(document.mask, document);
  if (mask === undefined) return;
  const empty = isMaskEmpty(mask);
  if (empty) store.getState().notify({ tone: 'warning', title: notices.maskKept({ why: gone() }), problems: [] });
  else store.getState().updateDocument(document.id, 'undoable', (open) => withMask(open, mask, label));
}

/** @param amount in the unit of the radiograph's amount scale */
export function reshapeMask(studio: Studio, how: SizedReshaping, amount: number): void {
  const { label, apply } = SIZED[how];
  reshape(studio, label, (mask, { radiograph }) => apply(mask, amountPixels(amount, radiograph)), notices.tooSmallMask);
}

export function fillMaskHoles(studio: Studio): void {
  reshape(studio, 'Fill holes', fillHoles, notices.noHoles);
}

export function keepLargestRegion(studio: Studio): void {
  reshape(studio, 'Largest region', largestRegion, notices.tooFaintMask);
}

/** No mask at all becomes all of the picture. */
export function invertCurrentMask({ store }: Studio): void {
  store.getState().updateCurrent('undoable', (document) => {
    const { width, height } = document.radiograph;
    return withMask(document, invertMask(document.mask ?? emptyMask(width, height)), 'Invert mask');
  });
}

/** Keeps what lies in the lungs as the anatomist sees them. */
export function snapToLungs(studio: Studio): void {
  reshape(
    studio,
    'Snap to lungs',
    (mask, document) => {
      const analysis = analysisOf(document);
      const lungs = analysis && maskOfPlaces(analysis, ZONES, document.radiograph);
      return lungs === undefined ? undefined : intersectMasks(mask, lungs);
    },
    notices.notInLungs,
  );
}
