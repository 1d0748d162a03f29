import { describe, expect, it } from 'vitest';
import { initialRequest, withSeverity } from '../editRequest';
import {
  COALESCE_MILLISECONDS,
  EMPTY_HISTORY,
  MAX_BYTES,
  MAX_STEPS,
  record,
  requestDelta,
  stepBack,
  stepBytes,
  stepForward,
  TYPING,
  type History,
  type Step,
} from './history';
import { NO_MASKS, withActivePixels } from '../masks/namedMasks';
import { masksDelta } from './masksDelta';

function severityStep(from: number, to: number, at: number): Step {
  const request = initialRequest();
  const delta = requestDelta(withSeverity(request, from), withSeverity(request, to));
  if (delta === undefined) throw new Error('the severities differ');
  return { kind: 'request', label: 'Severity', control: 'severity', at, delta };
}

/** A mask of noise cannot be packed: about two bytes a pixel and side. */
function heavyStep(pixels: number): Step {
  const data = new Uint8Array(pixels).map((_, index) => (index * 7919) % 256);
  const delta = masksDelta(NO_MASKS, withActivePixels(NO_MASKS, { width: pixels, height: 1, data }));
  if (delta === undefined) throw new Error('the mask is not empty');
  return { kind: 'mask', label: 'Mask', delta };
}

const bytes = ({ past }: History) => past.reduce((sum, step) => sum + stepBytes(step), 0);

describe('history', () => {
  it('goes back and forth over a step', () => {
    const recorded = record(EMPTY_HISTORY, severityStep(2, 3, 0));
    const back = stepBack(recorded);
    expect(back?.step).toBe(recorded.past[0]);
    expect(back === undefined ? undefined : stepForward(back.history)?.history).toEqual(recorded);
  });

  it('makes one step of a slider that is dragged', () => {
    const dragged = [0.5, 1, 1.5].reduce(
      (history, severity, index) => record(history, severityStep(severity - 0.5 || 0.1, severity, index * 100)),
      EMPTY_HISTORY,
    );
    expect(dragged.past).toHaveLength(1);
    const [step] = dragged.past;
    expect(step?.kind === 'request' ? [step.delta.before.severity, step.delta.after.severity] : undefined).toEqual([
      0.1, 1.5,
    ]);
  });

  it('makes one step of a sentence that is typed with pauses between its words', () => {
    const typed = (at: number): Step => ({
      ...(severityStep(1, 2, at) as Extract<Step, { kind: 'request' }>),
      control: TYPING,
    });
    const sentence = [0, 900, 2500, 5000].reduce((history, at) => record(history, typed(at)), EMPTY_HISTORY);
    expect(sentence.past).toHaveLength(1);
    expect(record(sentence, typed(60_000)).past).toHaveLength(2);
  });

  it('makes two steps of one control used again after a pause', () => {
    const first = record(EMPTY_HISTORY, severityStep(1, 2, 0));
    expect(record(first, severityStep(2, 3, COALESCE_MILLISECONDS + 1)).past).toHaveLength(2);
  });

  it('forgets what could be redone once something new is done', () => {
    const back = stepBack(record(EMPTY_HISTORY, severityStep(1, 2, 0)));
    if (back === undefined) throw new Error('there is a step');
    expect(record(back.history, heavyStep(10)).future).toEqual([]);
  });

  it('drops the oldest steps beyond its memory', () => {
    const heavy = heavyStep(1_000_000);
    let history = EMPTY_HISTORY;
    for (let count = 0; count < 40; count++) history = record(history, heavy);
    expect(bytes(history)).toBeLessThanOrEqual(MAX_BYTES);
    expect(history.past.length).toBeGreaterThan(2);
    expect(history.past.length).toBeLessThan(40);
  });

  it('keeps no more steps than it says', () => {
    let history = EMPTY_HISTORY;
    const small = heavyStep(4);
    for (let count = 0; count < MAX_STEPS + 20; count++) history = record(history, small);
    expect(history.past).toHaveLength(MAX_STEPS);
  });

  it('has nothing to take back when nothing was done', () => {
    expect(stepBack(EMPTY_HISTORY)).toBeUndefined();
    expect(stepForward(EMPTY_HISTORY)).toBeUndefined();
    const request = initialRequest();
    expect(requestDelta(request, request)).toBeUndefined();
  });
});
