import { describe, expect, it, vi } from 'vitest';
import { currentDocument, currentVersion } from '../slices/documents';
import { fakeAnalysis, fakeCounterfactual, fakeFile, fakeStudio } from '../testing/fakes';
import type { CounterfactualWorker } from '../services';
import { cancelGeneration, generate, whyNotGenerate } from './generate';
import { openFiles } from './openFiles';
import { setSampling, typeText } from './request';
import { startEngine } from './startEngine';

async function readyStudio(worker: Partial<CounterfactualWorker> = {}) {
  const studio = fakeStudio({ worker });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  typeText(studio, 'severe right lower zone opacity');
  return studio;
}

describe('making a counterfactual', () => {
  it('adds a version, shows it, and measures that nothing changed outside the mask', async () => {
    const studio = await readyStudio();
    await generate(studio);
    const version = currentVersion(studio.store.getState());
    expect(version?.label).toBe('severe right lower zone opacity');
    expect(version?.changedOutside).toBe(0);
    expect(studio.store.getState().comparison).toBe('counterfactual');
    expect(studio.store.getState().lastEdit).toBe(4200);
    expect(studio.store.getState().generation.status).toBe('idle');
  });

  it('counts what a worker changed outside its mask, instead of believing it', async () => {
    const studio = await readyStudio({
      generate: (source, edit, { seed }) => {
        const result = fakeCounterfactual(source, edit, seed);
        result.image.pixels[500] = (result.image.pixels[500] ?? 0) + 1;
        return Promise.resolve(result);
      },
    });
    await generate(studio);
    expect(currentVersion(studio.store.getState())?.changedOutside).toBe(1);
  });

  it('asks for what the release advises for the kind of edit', async () => {
    const asked = vi.fn<CounterfactualWorker['generate']>((source, edit, { seed }) =>
      Promise.resolve(fakeCounterfactual(source, edit, seed)),
    );
    const studio = await readyStudio({ generate: asked });
    typeText(studio, 'remove right lower zone opacity');
    await generate(studio);
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ kind: 'remove', severity: 0 });
    expect(asked.mock.calls[0]?.[2]).toMatchObject({ steps: 10, guidance: 5, seed: 1 });
  });

  it('makes one of what goes, however many seeds are asked: they would be the same', async () => {
    const asked = vi.fn<CounterfactualWorker['generate']>((source, edit, { seed }) =>
      Promise.resolve(fakeCounterfactual(source, edit, seed)),
    );
    const studio = await readyStudio({ generate: asked });
    studio.store.getState().setSeedCount(3);
    typeText(studio, 'remove right lower zone opacity');
    await generate(studio);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(currentDocument(studio.store.getState())?.versions).toHaveLength(1);
    setSampling(studio, { sampler: 'inpaint' });
    await generate(studio);
    expect(asked).toHaveBeenCalledTimes(4);
    typeText(studio, 'moderate right lower zone opacity');
    setSampling(studio, { sampler: 'auto' });
    await generate(studio);
    expect(asked).toHaveBeenCalledTimes(7);
  });

  it('moves the seed on, without a step to undo', async () => {
    const studio = await readyStudio();
    const steps = currentDocument(studio.store.getState())?.history.past.length;
    await generate(studio);
    const document = currentDocument(studio.store.getState());
    expect(document?.request.sampling.seed).toBe(2);
    expect(document?.history.past).toHaveLength(steps ?? -1);
  });

  it('shows stage, preview and time while it works', async () => {
    const preview = new Uint8ClampedArray(4);
    let report: (() => void) | undefined;
    let finish: (() => void) | undefined;
    const studio = await readyStudio({
      generate: (source, edit, { seed }, { onProgress }) =>
        new Promise((resolve) => {
          report = () => {
            onProgress({ stage: 'sample', fraction: 0.5, preview });
          };
          finish = () => {
            resolve(fakeCounterfactual(source, edit, seed));
          };
        }),
    });
    const making = generate(studio);
    report?.();
    const { generation } = studio.store.getState();
    expect(generation).toMatchObject({ status: 'running', stage: 'sample', fraction: 0.5, steps: 12 });
    expect(generation.status === 'running' ? generation.preview : undefined).toBe(preview);
    finish?.();
    await making;
  });

  it('can be cancelled, which is not an error and leaves no version', async () => {
    const studio = await readyStudio({
      generate: (_source, _edit, _sampling, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            reject(new DOMException('cancelled', 'AbortError'));
          });
        }),
    });
    const making = generate(studio);
    cancelGeneration(studio);
    await making;
    const state = studio.store.getState();
    expect([state.generation.status, state.notices, currentDocument(state)?.versions]).toEqual(['idle', [], []]);
  });

  it('reports a failure, leaves what is open as it was, and keeps the job to be tried again', async () => {
    const failure = { code: 'out-of-memory', message: 'The GPU ran out of memory.', advice: 'Close other tabs.' };
    const studio = await readyStudio({
      generate: () => Promise.reject(Object.assign(new Error(failure.message), failure)),
    });
    const before = currentDocument(studio.store.getState());
    await generate(studio);
    const after = currentDocument(studio.store.getState());
    // The seed has moved on: a request after it is another one.
    expect({ ...after, request: before?.request }).toEqual(before);
    expect(studio.store.getState().jobs).toMatchObject([{ status: 'failed', problem: { code: 'out-of-memory' } }]);
    expect(studio.store.getState().notices).toMatchObject([{ tone: 'error', problems: [failure] }]);
  });

  it('keeps the comparison that the user chose', async () => {
    const studio = await readyStudio();
    studio.store.getState().setComparison('swipe');
    await generate(studio);
    expect(studio.store.getState().comparison).toBe('swipe');
  });
});

describe('why nothing can be generated', () => {
  it('is said for each state', async () => {
    const studio = fakeStudio();
    const reason = () => whyNotGenerate(studio.store.getState());
    expect(reason()).toMatch(/Open a radiograph/);
    await openFiles(studio, [fakeFile('chest.png')]);
    expect(reason()).toMatch(/still loading/);
    await startEngine(studio);
    expect(reason()).toMatch(/zone, or paint/);
    typeText(studio, 'moderate left lower zone consolidation');
    expect(reason()).toBeUndefined();
  });

  it('includes a picture that is no frontal chest radiograph, until the user insists', async () => {
    const studio = fakeStudio({ worker: { analyse: () => Promise.resolve(fakeAnalysis({ frontalChest: 0.1 })) } });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('knee.png')]);
    typeText(studio, 'moderate left lower zone consolidation');
    expect(whyNotGenerate(studio.store.getState())).toMatch(/frontal/);
    studio.store.getState().updateCurrent('transient', (document) => ({ ...document, acceptedAsFrontal: true }));
    expect(whyNotGenerate(studio.store.getState())).toBeUndefined();
  });

  it('includes networks that could not be loaded', async () => {
    const studio = fakeStudio({ worker: { start: () => Promise.reject(new Error('offline')) } });
    await openFiles(studio, [fakeFile('chest.png')]);
    await startEngine(studio);
    expect(whyNotGenerate(studio.store.getState())).toMatch(/not available/);
  });
});
