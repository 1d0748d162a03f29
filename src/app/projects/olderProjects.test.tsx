import { readFile } from 'node:fs/promises';
import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../imaging/digest';
import { undo } from '../../state/commands/mask';
import { openProjectFile } from '../../state/commands/projectFile';
import { startEngine } from '../../state/commands/startEngine';
import { loadImage } from '../../record/pixels/storedCounterfactual';
import { currentDocument } from '../../state/slices/documents';
import { fakeStudio } from '../../state/testing/fakes';
import { App } from '../App';
import { renderStudio } from '../testing/renderStudio';

/**
 * SHA-256 of the result's pixels, put together from the file by hand, and how it was sampled. Each file was saved in a browser: a
 * synthetic radiograph, a painted mask, a renamed result and two candidates.
 */
const SAMPLING = {
  seed: 1,
  steps: 4,
  guidance: 3,
  sampler: 'twin-flow',
  maxTime: 0.95,
  shift: 1,
  averages: 1,
  passes: 1,
};
const TWO_PASSES = { ...SAMPLING, passes: 2, overshoot: 0.15, undershoot: 0.04 };
const RELEASES = [
  { release: '0.3.0', result: 'dbdbdc329a36c407fa59bbf944fec6ca1c97ee9a07a9e2fa8a9ef6dfe00fbf4c', sampling: SAMPLING },
  { release: '0.4.0', result: 'dbdbdc329a36c407fa59bbf944fec6ca1c97ee9a07a9e2fa8a9ef6dfe00fbf4c', sampling: SAMPLING },
  {
    release: '0.5.0',
    result: '5526d9a8e2b3ca7ab5b0f9ff0a5040703454f44e4edf56223755a6bb9602ff18',
    sampling: TWO_PASSES,
  },
  {
    release: '0.6.0',
    result: 'f5ab19a1bd86a1d5063aa025b74e28cbdcd529ec8b2146854a8f29cf79f6614e',
    sampling: TWO_PASSES,
  },
  {
    release: '0.7.0',
    result: '9fa48c78387ff6d14538cc1005874b59eca0df6aa08ee3691499324590638294',
    sampling: TWO_PASSES,
  },
];

async function opened(release: string) {
  const studio = fakeStudio();
  await startEngine(studio);
  const name = `saved-by-${release}.counterpart`;
  const bytes = new Uint8Array(await readFile(`src/state/project/testing/${name}`));
  await openProjectFile(studio, { name, bytes: () => Promise.resolve(bytes) });
  return studio;
}

describe.each(RELEASES)('a project saved by release $release', ({ release, result, sampling }) => {
  it('opens with all that was in it', async () => {
    const { store } = await opened(release);
    const document = currentDocument(store.getState());
    expect(store.getState().notices.filter(({ tone }) => tone === 'error')).toEqual([]);
    expect(document?.radiograph).toMatchObject({ name: 'sample-03.png', width: 640, height: 492 });
    expect(document?.request.text).toBe('severe right lower zone opacity');
    expect(document?.versions.map(({ name, label }) => [name, label])).toEqual([
      ['Worse below', 'severe right lower zone opacity'],
    ]);
    expect(
      document?.candidates?.flatMap(({ items }) =>
        items.map(({ counterfactual }) => counterfactual.recipe.sampling.seed),
      ),
    ).toEqual([2, 3]);
    expect(document?.versions[0]?.counterfactual.recipe.sampling).toEqual(sampling);
    expect(document?.masks.map(({ mask }) => mask?.data.some((value) => value > 0))).toEqual([true]);
    const [version] = document?.versions ?? [];
    expect(version && (await sha256Hex(new Uint8Array((await loadImage(version)).pixels)))).toBe(result);
  });

  it('is shown with its receipt, and its last step can be undone', async () => {
    const studio = await opened(release);
    renderStudio(<App />, studio);
    expect(screen.getByRole('treeitem', { name: /^Worse below/ })).toBeTruthy();
    expect(screen.getAllByRole('option')).toHaveLength(2);
    expect(await screen.findByText('Did it change as asked?')).toBeTruthy();
    act(() => {
      undo(studio);
    });
    expect(screen.queryByRole('treeitem', { name: /^Worse below/ })).toBeNull();
  });
});
