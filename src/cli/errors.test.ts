import { describe, expect, it } from 'vitest';
import { NotFrontalChestError, NothingToRemoveError, SketchImpossibleError } from '../counterfactual/errors';
import { effusion } from '../counterfactual/sketch/pleura/effusion';
import { smoothChest, smoothFilm } from '../counterfactual/sketch/testing/chests';
import type { CounterpartError } from '../errors';
import { NoFilmsError, withoutScreen } from './errors';

function thrown(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe('what to do next on the command line', () => {
  it.each([
    [new NotFrontalChestError('knee.png', 'it lies on its side'), '--allow-uncertain'],
    [new NothingToRemoveError('clear.png', 'edema'), 'in the studio'],
    [
      thrown(() =>
        effusion.draw(
          { image: smoothFilm(), chest: smoothChest() },
          { finding: 'effusion', places: ['right_lower'], severity: 0, amount: 0, remove: true, seed: 1, options: {} },
        ),
      ),
      '--sampler twin-flow',
    ],
  ])('names flags in place of controls: %s', (error, flag) => {
    const told = withoutScreen(error) as CounterpartError;
    expect(told.advice).toContain(flag);
    expect(told.advice).not.toMatch(/Advanced|continue anyway|brush/);
    expect([told.message, told.code]).toEqual([(error as CounterpartError).message, (error as CounterpartError).code]);
  });

  it('is as it stands where it names none', () => {
    for (const error of [
      new NoFilmsError(['x']),
      new SketchImpossibleError('No.', 'Choose another.'),
      new Error('a defect'),
    ])
      expect(withoutScreen(error)).toBe(error);
  });
});
