/** A request and its result. */

import type { PackedMask } from '../imaging/mask-pack';
import type { Mask, Radiograph, RadiographFacts } from '../imaging/radiograph';
import type { ChangeKind, FindingChange } from '../findings/change';
import type { Finding, Place, Severity, Zone } from '../findings/vocabulary';
import type { Realism } from './realism/realism';
import type { LungShape } from '../findings/lungShape';
import type { Pathology } from '../findings/pathology';
import type { Taken } from '../findings/taken';
import type { SketchWish } from '../findings/wish';

export type EditKind = ChangeKind;

/** A finding that is asked in the same generation as the edit's own. */
export interface Further {
  readonly finding: Finding;
  /** Of each of its places; 0 removes it there. */
  readonly severities: Readonly<Partial<Record<Place, Severity>>>;
  readonly sketch?: SketchWish;
}

/** What is asked, of one finding or of several at once. */
export type Asked = FindingChange & {
  /** Findings that come or go together with this one; each finding once. Of no effect under a painted mask. */
  readonly further?: readonly Further[];
};

export type Edit = Asked & {
  /** Native-size mask; absent: the union of the places. */
  readonly mask?: Mask;
};

/** Of the denoiser. */
export type SamplerName = 'twin-flow' | 'inpaint';

/**
 * How an edit is made. 'sketch': each finding that comes or becomes more is drawn from what is known of it, and a heart that is to be
 * normal is drawn back; what else goes, and what
 * no sketch is known of, is left to the denoiser. 'auto': the same, with the denoiser's sampler by measurement (docs/evaluation.md).
 */
export type Way = SamplerName | 'sketch' | 'auto';

/** Numbers of the sampler that a release gives advice on. */
export const SETTINGS = ['steps', 'guidance', 'maxTime'] as const;
export type SettingName = (typeof SETTINGS)[number];

export interface SamplingOptions {
  readonly seed: number;
  /** Number of integration steps, 4 to 50. Default of the model release. */
  readonly steps: number;
  readonly sampler: Way;
  readonly guidance: number;
  /** Largest time at which the counterfactual path starts, in (0, 1]. */
  readonly maxTime: number;
  /** Those that somebody chose, whatever the release advises. Absent: one that is the release's advice for the kind of edit was not. */
  readonly chosen?: readonly SettingName[];
  /** The noise to start from, where a search has found a better one than the seed's own. */
  readonly noise?: NoisePath;
}

/**
 * A noise found by search: beginning with the seed's own, n becomes sqrt(1 - rho^2) n + rho xi for each of these trials in
 * turn, xi being the noise of the seed's stream of that number.
 */
export interface NoisePath {
  /** (0, 1]. */
  readonly rho: number;
  /** Numbers of the trials that were kept, from 1. */
  readonly path: readonly number[];
}

/** How a noise was found. */
export interface SearchRecord extends NoisePath {
  readonly rounds: number;
  readonly candidates: number;
  /** Price of change outside the mask, and of likeness to what was kept before. */
  readonly beta: number;
  readonly gamma: number;
  /** Noises that were tried, the seed's own among them. */
  readonly trials: number;
  readonly score: number;
  /** Of the seed's own noise. */
  readonly startScore: number;
}

/** What the denoiser was set to. */
export interface SampledBy extends Omit<SamplingOptions, 'noise' | 'sampler' | 'chosen'> {
  readonly sampler: SamplerName;
  /** Time shift toward noise; 1 is uniform. */
  readonly shift: number;
  /** Noises averaged a step. */
  readonly averages: number;
  /** Passes that share the steps; each after the first starts from what is read by then. */
  readonly passes: number;
  /** The flow started from the healthy twin, and from what is seen in it. Absent: from the film; so did releases before 0.18.0. */
  readonly healthyTwin?: true;
  /** Each pass started from the healthy twin of what there was, and one after the first was made only where the first reader still saw more than this of what had been opaque. */
  readonly repeatAbove?: number;
  /** How far past the expected grey, and the wrong way from the source's, guidance may take a cell, in units of [-1, 1]. */
  readonly overshoot?: number;
  readonly undershoot?: number;
  /** The ends of the scale were sampled and a share of the change was taken (blend.ts). Absent: sampled as asked. */
  readonly blended?: boolean;
  /** What went first, where the edit both clears and adds (stages.ts); all else is of what came. Absent: it has one direction, or is of a release before 0.9.0. */
  readonly clearing?: Omit<SampledBy, 'seed' | 'blended' | 'clearing'>;
}

/** Nothing was sampled but what harmonises a drawing. */
export interface OnlyDrawn {
  readonly sampler: 'sketch';
  readonly seed: number;
}

/** A finding that was drawn, with every choice that was made for it. */
export interface DrawnFinding {
  readonly finding: Finding;
  readonly severity: Severity;
  readonly places: readonly Place[];
  /** The finding's own quantity, as asked or as the severity gives it. */
  readonly amount: number;
  /** It was drawn away: `amount` is the most that was to be left of it. */
  readonly remove?: true;
  readonly unit: 'mm' | 'ratio' | 'share';
  readonly options: Readonly<Record<string, string>>;
  readonly at?: { readonly x: number; readonly y: number };
  /** A donor's, that it was given. */
  readonly shape?: LungShape;
  readonly pathology?: Pathology;
  /** What an erasure took from this film, that it was given back. */
  readonly taken?: Taken;
  /** Absent: the drawing was left as it was drawn. */
  readonly harmonised?: { readonly from: number; readonly steps: number; readonly guidance: number };
}

/** Everything needed to make the same counterfactual again; embedded in exports. */
export interface Recipe {
  readonly edit: Asked & { readonly maskSha256?: string };
  /** The painted mask, as `maskSha256` names it; absent: none was painted, or a release before 0.11.0 made it. */
  readonly painted?: PackedMask;
  readonly sampling: SampledBy | OnlyDrawn;
  /** What was drawn, in this order: what goes before all that was sampled, what comes after it. */
  readonly drawn?: readonly DrawnFinding[];
  /** The release whose drawings they are; only another one's may differ. Absent: a release before 0.16.0 drew it, or nothing was drawn. */
  readonly drawnBy?: string;
  /** The release whose way it is composed with the film (composedBy.ts). Absent: nothing was sampled, or a release before 0.18.0 made it. */
  readonly composedBy?: string;
  /** What the erasure took, so that its result alone can give it back; of edits by the denoiser that only take opacity away, since 0.18.0. */
  readonly taken?: Taken;
  /** Of several findings, those that were to go and were not found: nothing was drawn away of them. Absent: all were, or a release before 0.19.0 made it. */
  readonly notFound?: readonly Finding[];
  /** The noise, where it is not the seed's own. */
  readonly search?: NoisePath | SearchRecord;
  /**
   * `sha256` is of the stored values, little-endian, row by row; `frame`, of several in a file, from 1. A file's name may name a
   * patient: it is there only when the user asked for it.
   */
  readonly source: { readonly name?: string; readonly frame?: number; readonly sha256: string };
  readonly models: Readonly<Record<string, string>>;
  readonly backend: string;
  readonly createdAt: string;
  readonly synthetic: true;
}

export interface Reading {
  /** Calibrated probability of each finding. */
  readonly findings: Readonly<Record<Finding, number>>;
  /** Opacity severity 0 to 3 in each of the six zones, in ZONES order. */
  readonly zoneSeverity: readonly number[];
  /** Opacity probability on the 32x32 latent grid, row by row. */
  readonly opacityMap: Float32Array;
  /** Grade of a place that is opaque all over; absent: read before 0.18.0. */
  readonly scale?: number;
}

/** Dice of binary maps of the anatomist before and after. */
export interface AnatomyDrift {
  readonly lungs: number;
  readonly heart: number;
}

/** The edit taken back: mean error inside the mask, as a share of the grey range. */
export interface Reversal {
  readonly error: number;
  /** The same of the autoencoder's own reconstruction. */
  readonly own: number;
}

/** Distance to the nearest training image in the second reader's features, of the source and of the result. */
export interface Nearness {
  readonly before: number;
  readonly after: number;
}

/** What the receipt rests on beside the two readings; measured after the edit, so that nothing of it can guide one. */
export interface Measures {
  /** Share of each cell of the 32x32 grid that the painted mask covers. */
  readonly cells: Float32Array;
  /** Mean change of grey of each cell of the 32x32 grid, as a share of the grey range; brighter is positive. */
  readonly change: Float32Array;
  readonly anatomy: AnatomyDrift;
  /** Zones of which some pixel can have changed; absent: made by a release before 0.9.0. */
  readonly reached?: readonly Zone[];
  /** Transverse diameter of the heart over that of the thorax, by the anatomist; where cardiomegaly was asked and both were found. */
  readonly cardiothoracicRatio?: { readonly before: number; readonly after: number };
  /**
   * The own quantity of the one finding that was drawn, as densities measure it on the film, in the recipe's unit. Absent: nothing
   * measures it well, several were drawn, or something was sampled too.
   */
  readonly drawn?: number;
  /** Whether millimetres rest on what the file states or on an average thorax; where something was drawn. */
  readonly scale?: 'stated' | 'average';
  /** Distance of the changed part's texture from that of real lungs; absent: too small a part, or mostly beside the lungs. */
  readonly realism?: Realism;
  /** Absent: the release that made it had nothing to tell it from. */
  readonly nearest?: Nearness;
  /** Costs another generation, so it is measured when asked for. */
  readonly reversal?: Reversal;
}

export interface Counterfactual {
  readonly image: Radiograph;
  readonly recipe: Recipe;
  /** Feathered mask at native size that bounds the change. */
  readonly mask: Mask;
  readonly before: Reading;
  readonly after: Reading;
  /** Stored values that differ, all of them inside the mask. */
  readonly changedPixels: number;
  readonly milliseconds: number;
  /** The numbers that each drawing used, by names that carry their units, in the order of the recipe's `drawn`. */
  readonly figures?: readonly Readonly<Record<string, number>>[];
  /** Absent: made by an earlier version. */
  readonly measures?: Measures;
}

/** What is known of a result without its pixels: all that receipts and lists need. */
export interface CounterfactualFacts extends Omit<Counterfactual, 'image' | 'mask'> {
  readonly image: RadiographFacts;
}
