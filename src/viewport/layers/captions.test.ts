import { describe, expect, it } from 'vitest';
import type { Radiograph } from '../../imaging/radiograph';
import { CaptionPlate, captionsFor } from './captions';

function radiograph(synthetic: boolean): Radiograph {
  return {
    id: 'r',
    name: 'r',
    format: 'png',
    width: 1,
    height: 1,
    pixels: new Uint8Array(1),
    bitsStored: 8,
    signed: false,
    photometricInterpretation: 'MONOCHROME2',
    rescaleSlope: 1,
    rescaleIntercept: 0,
    window: { windowCenter: 128, windowWidth: 256 },
    synthetic,
    notes: [],
  };
}

describe('captions', () => {
  it('name both sides of a swipe and mark what is synthetic', () => {
    expect(captionsFor({ mode: 'swipe', position: 0.5 }, radiograph(false), radiograph(true))).toEqual({
      left: { text: 'Source', synthetic: false },
      right: { text: 'Counterfactual', synthetic: true },
    });
  });

  it('do not jump from side to side between source, counterfactual and difference', () => {
    for (const mode of ['source', 'counterfactual', 'difference'] as const) {
      const { left, right } = captionsFor({ mode }, radiograph(false), radiograph(true));
      expect([left === undefined, right]).toEqual([false, undefined]);
    }
  });

  it('leave a real source alone, but never an image of our own making', () => {
    expect(captionsFor({ mode: 'source' }, radiograph(false), undefined).left).toBeUndefined();
    expect(captionsFor({ mode: 'source' }, radiograph(true), undefined).left?.synthetic).toBe(true);
    expect(captionsFor({ mode: 'counterfactual' }, radiograph(false), radiograph(true)).left?.synthetic).toBe(true);
    expect(captionsFor({ mode: 'difference' }, radiograph(false), radiograph(true)).left?.text).toBe(
      'Counterfactual − source',
    );
  });

  it('do not let what is only drawn ahead pass for the source', () => {
    expect(captionsFor({ mode: 'source' }, radiograph(false), undefined, undefined, true).left).toEqual({
      text: 'Preview',
      synthetic: true,
    });
  });

  it('take the names of two versions, also for their difference', () => {
    const names = { source: 'A: mild', counterfactual: 'B: severe' };
    expect(captionsFor({ mode: 'difference' }, radiograph(true), radiograph(true), names).left?.text).toBe(
      'B: severe − A: mild',
    );
    expect(captionsFor({ mode: 'source' }, radiograph(false), undefined, names).left).toEqual({
      text: 'A: mild',
      synthetic: false,
    });
  });

  it('hide an empty plate', () => {
    const parent = document.createElement('div');
    const plate = new CaptionPlate(parent, 'left');
    const element = parent.querySelector<HTMLElement>('.viewport-caption-left');
    expect(element?.hidden).toBe(true);
    plate.set({ text: 'Source', synthetic: true });
    expect(element?.hidden).toBe(false);
    expect(element?.hasAttribute('data-synthetic')).toBe(true);
  });
});
