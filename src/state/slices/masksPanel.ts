/** The panel of masks: whether it is open, and the lesion that it proposes while a threshold is looked for. */

import type { StateCreator } from 'zustand/vanilla';
import type { Finding } from '../../findings/vocabulary';
import type { LocatedChoice } from '../locate';

/** A mask that is shown but not yet made. */
export interface Proposal {
  /** Whose map the lesion is cut from. */
  readonly finding: Finding;
  /** In (0, 1): see masks/proposal. */
  readonly threshold: number;
  readonly largestOnly: boolean;
}

export interface MasksPanelSlice {
  readonly masksPanelOpen: boolean;
  readonly proposal: Proposal | undefined;
  /** Which of the places a lesion that is to go was turned to. */
  readonly locatedChoice: LocatedChoice | undefined;
  /** How far grow, shrink, feather and smooth go, by unit, once it was set. */
  readonly maskAmount: { readonly mm?: number; readonly px?: number };
  /** Closing the panel gives up the proposal. */
  setMasksPanelOpen(open: boolean): void;
  setProposal(proposal: Proposal | undefined): void;
  setLocatedChoice(choice: LocatedChoice): void;
  setMaskAmount(unit: 'mm' | 'px', amount: number): void;
}

export const createMasksPanelSlice: StateCreator<MasksPanelSlice> = (set) => ({
  masksPanelOpen: false,
  proposal: undefined,
  locatedChoice: undefined,
  maskAmount: {},
  setMasksPanelOpen: (masksPanelOpen) => {
    set(masksPanelOpen ? { masksPanelOpen } : { masksPanelOpen, proposal: undefined });
  },
  setProposal: (proposal) => {
    set({ proposal });
  },
  setLocatedChoice: (locatedChoice) => {
    set({ locatedChoice });
  },
  setMaskAmount: (unit, amount) => {
    set(({ maskAmount }) => ({ maskAmount: { ...maskAmount, [unit]: amount } }));
  },
});
