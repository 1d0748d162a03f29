import { describe, expect, it } from 'vitest';
import { loadPreferences } from './preferences';
import { createStudioStore } from './store';
import { brushRadiusPixels, toComparison } from './slices/view';
import { fakeFile, fakeStudio } from './testing/fakes';
import { openFiles } from './commands/openFiles';
import { setSampling } from './commands/request';

function storage() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
}

describe('the store', () => {
  it('remembers tool, brush and sampler for the next visit', async () => {
    const kept = storage();
    const studio = { ...fakeStudio(), store: createStudioStore(kept) };
    studio.store.getState().setTool('polygon');
    studio.store.getState().setBrushRadius(33);
    await openFiles(studio, [fakeFile('a.png')]);
    setSampling(studio, { sampler: 'inpaint' });
    expect(loadPreferences(kept)).toMatchObject({ tool: 'polygon', brushRadius: 33, sampler: 'inpaint' });
    const next = createStudioStore(kept).getState();
    expect([next.tool, next.brushRadius, next.preferredSampler]).toEqual(['polygon', 33, 'inpaint']);
  });

  it('keeps the brush within its bounds', () => {
    const { getState } = createStudioStore();
    getState().setBrushRadius(1000);
    expect(getState().brushRadius).toBe(64);
    getState().setBrushRadius(-3);
    expect(getState().brushRadius).toBe(1);
  });

  it('shows the neighbour when the radiograph on the screen is closed', async () => {
    const studio = fakeStudio();
    await openFiles(studio, ['a.png', 'b.png', 'c.png'].map(fakeFile));
    const { closeDocument, showDocument } = studio.store.getState();
    showDocument('radiograph b.png');
    closeDocument('radiograph b.png');
    expect(studio.store.getState().currentId).toBe('radiograph c.png');
    closeDocument('radiograph c.png');
    expect(studio.store.getState().currentId).toBe('radiograph a.png');
    closeDocument('radiograph a.png');
    expect(studio.store.getState().currentId).toBeUndefined();
  });

  it('opens every radiograph again that was closed, the last one first', async () => {
    const studio = fakeStudio();
    await openFiles(studio, ['a.png', 'b.png'].map(fakeFile));
    const { closeDocument, reopenDocument } = studio.store.getState();
    closeDocument('radiograph a.png');
    closeDocument('radiograph b.png');
    reopenDocument();
    expect(studio.store.getState().currentId).toBe('radiograph b.png');
    reopenDocument();
    reopenDocument();
    expect(studio.store.getState().documents.map(({ radiograph }) => radiograph.name)).toEqual(['b.png', 'a.png']);
  });

  it('shows at most five messages, the latest', () => {
    const { getState } = createStudioStore();
    for (let count = 1; count <= 7; count++) getState().notify({ tone: 'error', title: String(count), problems: [] });
    expect(getState().notices.map(({ title }) => title)).toEqual(['3', '4', '5', '6', '7']);
    getState().dismissNotice(getState().notices[0]?.id ?? 0);
    expect(getState().notices).toHaveLength(4);
  });
});

describe('the view', () => {
  it('shows the source while blinking, and wherever there is no result', () => {
    const view = { comparison: 'swipe', swipePosition: 0.3, blinking: false } as const;
    expect(toComparison(view, true)).toEqual({ mode: 'swipe', position: 0.3 });
    expect(toComparison({ ...view, blinking: true }, true)).toEqual({ mode: 'source' });
    expect(toComparison(view, false)).toEqual({ mode: 'source' });
  });

  it('covers the same part of large and small pictures with one brush', () => {
    expect(brushRadiusPixels(16, 2048, 2500) / 2500).toBeCloseTo(brushRadiusPixels(16, 512, 400) / 512, 2);
  });
});
