/**
 * Undo and redo of one radiograph's workspace (its masks, its edit request and its tree of versions), kept as deltas.
 *
 * Steps hold only what they changed; the oldest are dropped once the whole passes `MAX_BYTES` or `MAX_STEPS`, the latest
 * never: what was just done can be undone, be it the deletion of a large branch.
 * Fast repeats of one control (a slider being dragged, a word being typed) become a single step.
 */

import type { EditRequest } from '../editRequest';
import { isLooseMasks, masksDeltaBytes, packedMasksDelta, type MasksDelta } from './masksDelta';
import { treeDeltaBytes, type TreeDelta } from './treeDelta';

export const MAX_BYTES = 64 * 2 ** 20;
export const MAX_STEPS = 200;
/** Repeats of one control within this time are one step. */
export const COALESCE_MILLISECONDS = 700;
/** Of typing: whoever thinks between two words has not ended the sentence. */
const TYPING_MILLISECONDS = 3000;
/** What typing is called as a control. */
export const TYPING = 'text';

export interface RequestDelta {
  readonly before: Partial<EditRequest>;
  readonly after: Partial<EditRequest>;
}

export type Step =
  | { readonly kind: 'mask'; readonly label: string; readonly delta: MasksDelta }
  | { readonly kind: 'tree'; readonly label: string; readonly delta: TreeDelta }
  | {
      readonly kind: 'request';
      readonly label: string;
      readonly delta: RequestDelta;
      /** Which control, and when (milliseconds); steps of one control in quick succession merge. */
      readonly control: string;
      readonly at: number;
    };

export interface History {
  /** Oldest first. */
  readonly past: readonly Step[];
  /** Next to redo first. */
  readonly future: readonly Step[];
}

export const EMPTY_HISTORY: History = { past: [], future: [] };

/** Bytes that a step keeps alive. Requests are small; a flat estimate is enough. */
export function stepBytes(step: Step): number {
  switch (step.kind) {
    case 'mask':
      return masksDeltaBytes(step.delta);
    case 'tree':
      return treeDeltaBytes(step.delta);
    case 'request':
      return 512;
  }
}

function bounded(steps: readonly Step[]): readonly Step[] {
  let bytes = 0;
  let first = steps.length;
  while (first > 0 && steps.length - first < MAX_STEPS) {
    const step = steps[first - 1];
    if (step === undefined) break;
    bytes += stepBytes(step);
    if (bytes > MAX_BYTES && first < steps.length) break;
    first--;
  }
  return first === 0 ? steps : steps.slice(first);
}

function merged(last: Step | undefined, step: Step): Step | undefined {
  if (last?.kind !== 'request' || step.kind !== 'request') return undefined;
  const within = step.control === TYPING ? TYPING_MILLISECONDS : COALESCE_MILLISECONDS;
  if (last.control !== step.control || step.at - last.at > within) return undefined;
  return {
    ...step,
    delta: {
      before: { ...step.delta.before, ...last.delta.before },
      after: { ...last.delta.after, ...step.delta.after },
    },
  };
}

/** A new step ends what could be redone. */
export function record(history: History, step: Step): History {
  const whole = history.future.length === 0 ? merged(history.past.at(-1), step) : undefined;
  const past = whole === undefined ? [...history.past, step] : [...history.past.slice(0, -1), whole];
  return { past: bounded(past), future: [] };
}

export function withoutFuture(history: History): History {
  return history.future.length === 0 ? history : { past: history.past, future: [] };
}

/** A step that is taken back or done again, and the history after that. */
export interface Stepped {
  readonly step: Step;
  readonly history: History;
}

/** Undefined when there is none to take back. */
export function stepBack(history: History): Stepped | undefined {
  const step = history.past.at(-1);
  if (step === undefined) return undefined;
  return { step, history: { past: history.past.slice(0, -1), future: [step, ...history.future] } };
}

export function stepForward(history: History): Stepped | undefined {
  const [step, ...future] = history.future;
  if (step === undefined) return undefined;
  return { step, history: { past: [...history.past, step], future } };
}

/** Only the keys that differ; undefined when none does. */
export function requestDelta(before: EditRequest, after: EditRequest): RequestDelta | undefined {
  const keys = (Object.keys(after) as (keyof EditRequest)[]).filter((key) => !Object.is(before[key], after[key]));
  if (keys.length === 0) return undefined;
  const pick = (request: EditRequest): Partial<EditRequest> =>
    Object.fromEntries(keys.map((key) => [key, request[key]]));
  return { before: pick(before), after: pick(after) };
}

/** The next strokes to pack, the latest last. */
export function looseStrokes({ past, future }: History): readonly MasksDelta[] {
  return [...past, ...future].flatMap((step) => (step.kind === 'mask' && isLooseMasks(step.delta) ? [step.delta] : []));
}

/** The history with one stroke's delta in its packed form; as it is where the step is gone. */
export function withPacked(history: History, loose: MasksDelta, packed: MasksDelta): History {
  const replaced = (step: Step): Step =>
    step.kind === 'mask' && step.delta === loose ? { ...step, delta: packed } : step;
  return looseStrokes(history).includes(loose)
    ? { past: history.past.map(replaced), future: history.future.map(replaced) }
    : history;
}

/** As it is kept and saved: nothing in it is loose. */
export function packedHistory({ past, future }: History): History {
  const packed = (step: Step): Step => (step.kind === 'mask' ? { ...step, delta: packedMasksDelta(step.delta) } : step);
  return { past: past.map(packed), future: future.map(packed) };
}
