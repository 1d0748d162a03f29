/** What a result is compared with, and how fast the two blink. */

import type { StateCreator } from 'zustand/vanilla';
import type { Radiograph } from '../../imaging/radiograph';
import * as names from '../../messages/en/names';
import { imageNow } from '../../record/pixels/storedCounterfactual';
import {
  baseImageNow,
  findVersion,
  shownVersion,
  type StudioDocument,
  type Version,
} from '../../record/studioDocument';
import { versionTitle } from '../../record/versionTree';
import { currentDocument, type DocumentsSlice } from './documents';

/** Stands for the radiograph itself where a version's id is expected. */
export const RADIOGRAPH = 'radiograph';

export interface CompareSlice {
  /** A version's id, or RADIOGRAPH; undefined: what the result was made from. */
  readonly comparedId: string | undefined;
  /** Swaps a second in the comparison 'blink'. */
  readonly blinkRate: number;
  readonly blinkRunning: boolean;
  setCompared(id: string | undefined): void;
  setBlinkRate(rate: number): void;
  setBlinkRunning(running: boolean): void;
}

/** Three swaps a second are one and a half flashes: below the three that may cause seizures (WCAG 2.3.1). */
export const BLINK_RATE = { min: 0.5, max: 3, step: 0.5 } as const;

export const createCompareSlice: StateCreator<CompareSlice> = (set) => ({
  comparedId: undefined,
  blinkRate: 1.5,
  blinkRunning: false,
  setCompared: (comparedId) => {
    set({ comparedId });
  },
  setBlinkRate: (rate) => {
    set({ blinkRate: Math.min(BLINK_RATE.max, Math.max(BLINK_RATE.min, rate)) });
  },
  setBlinkRunning: (blinkRunning) => {
    set({ blinkRunning });
  },
});

export interface ComparedPicture {
  /** RADIOGRAPH or a version's id. */
  readonly id: string;
  readonly title: string;
}

/** The radiograph and its versions, oldest first: what can be compared with what. */
export function picturesOf(document: StudioDocument): readonly ComparedPicture[] {
  return [
    { id: RADIOGRAPH, title: names.source() },
    ...document.versions.map((version) => ({
      id: version.id,
      title: versionTitle(version),
    })),
  ];
}

/** The id of what the shown result is compared with: the chosen one, unless it is gone or is the result itself. */
export function comparedIdOf(document: StudioDocument, comparedId: string | undefined): string {
  const usual = document.baseVersionId ?? RADIOGRAPH;
  if (document.shownVersionId === undefined || comparedId === undefined || comparedId === document.shownVersionId)
    return usual;
  return comparedId === RADIOGRAPH || findVersion(document, comparedId) !== undefined ? comparedId : usual;
}

type Compared = Pick<DocumentsSlice, 'documents' | 'currentId'> & Pick<CompareSlice, 'comparedId'>;

/** The left picture of a comparison; without a result what edits start from. Undefined while its pixels are only in storage. */
export function comparedImage(state: Compared): Radiograph | undefined {
  const document = currentDocument(state);
  if (document === undefined) return undefined;
  const id = comparedIdOf(document, state.comparedId);
  if (id === RADIOGRAPH) return document.radiograph;
  const version = findVersion(document, id);
  return version === undefined ? baseImageNow(document) : imageNow(version);
}

/** The versions on the screen and the one that edits start from: their pixels are needed. */
export function versionsInUse(state: Compared): readonly Version[] {
  const document = currentDocument(state);
  if (document === undefined) return [];
  const ids = [document.baseVersionId, document.shownVersionId, comparedIdOf(document, state.comparedId)];
  return [...new Set(ids)].flatMap((id) => findVersion(document, id) ?? []);
}

/** What the pictures are called, where "Source" and "Counterfactual" do not say it. */
export function comparedNames(
  state: Compared,
): { readonly source: string; readonly counterfactual: string } | undefined {
  const document = currentDocument(state);
  const shown = shownVersion(document);
  if (document === undefined || shown === undefined) return undefined;
  const version = findVersion(document, comparedIdOf(document, state.comparedId));
  return version === undefined ? undefined : { source: versionTitle(version), counterfactual: versionTitle(shown) };
}
