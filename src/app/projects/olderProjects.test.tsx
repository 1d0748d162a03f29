import { readFile } from 'node:fs/promises';
import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../imaging/digest';
import { undo } from '../../state/commands/mask';
import { openProjectFile } from '../../state/commands/projectFile';
import { startEngine } from '../../state/commands/startEngine';
import { currentDocument } from '../../state/slices/documents';
import { fakeStudio } from '../../state/testing/fakes';
import { App } from '../App';
import { renderStudio } from '../testing/renderStudio';

const RELEASES = ['0.3.0', '0.4.0'];

/**
 * SHA-256 of the result's pixels, put together from the file by hand. Each file was saved in a browser: a synthetic radiograph, a
 * painted mask, a renamed result and two candidates. The denoiser of both releases is the same, and so is the result.
 */
const RESULT = 'dbdbdc329a36c407fa59bbf944fec6ca1c97ee9a07a9e2fa8a9ef6dfe00fbf4c';

async function opened(release: string) {
  const studio = fakeStudio();
  await startEngine(studio);
  const name = `saved-by-${release}.counterpart`;
  const bytes = new Uint8Array(await readFile(`src/state/project/testing/${name}`));
  await openProjectFile(studio, { name, bytes: () => Promise.resolve(bytes) });
  return studio;
}

describe.each(RELEASES)('a project saved by release %s', (release) => {
  it('opens with all that was in it', async () => {
    const { store } = await opened(release);
    const document = currentDocument(store.getState());
    expect(store.getState().notices.filter(({ tone }) => tone === 'error')).toEqual([]);
    expect(document?.radiograph).toMatchObject({ name: 'sample-03.png', width: 640, height: 492 });
    expect(document?.request.text).toBe('severe right lower zone opacity');
    expect(document?.versions.map(({ name, label }) => [name, label])).toEqual([['Worse below', 'severe right lower zone opacity']]);
    expect(document?.candidates?.flatMap(({ items }) => items.map(({ counterfactual }) => counterfactual.recipe.sampling.seed))).toEqual([2, 3]);
    expect(document?.versions[0]?.counterfactual.recipe.sampling).toEqual({ seed: 1, steps: 4, guidance: 3, sampler: 'twin-flow', maxTime: 0.95, shift: 1, averages: 1, passes: 1 });
    expect(document?.masks.map(({ mask }) => mask?.data.some((value) => value > 0))).toEqual([true]);
    expect(await sha256Hex(new Uint8Array(document?.versions[0]?.counterfactual.image.pixels ?? []))).toBe(RESULT);
  });

  it('is shown with its receipt, and its last step can be undone', async () => {
    const studio = await opened(release);
    renderStudio(<App />, studio);
    expect(screen.getByRole('treeitem', { name: /^Worse below/ })).toBeTruthy();
    expect(screen.getAllByRole('option')).toHaveLength(2);
    expect(await screen.findByText('Did it change as asked?')).toBeTruthy();
    act(() => { undo(studio); });
    expect(screen.queryByRole('treeitem', { name: /^Worse below/ })).toBeNull();
  });
});
