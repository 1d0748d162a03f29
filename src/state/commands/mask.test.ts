import { describe, expect, it } from 'vitest';
import type { Mask } from '../../imaging/radiograph';
import { currentDocument } from '../slices/documents';
import type { Analysis } from '../../counterfactual/analysis';
import { withAnalysis } from '../../record/studioDocument';
import { fakeAnalysis, fakeFile, fakeStudio } from '../testing/fakes';
import { clearMask, maskFromZones, paint, redo, undo } from './mask';
import { openFiles } from './openFiles';
import { choosePlaces, setSeverity, togglePlace } from './request';
import { startEngine } from './startEngine';

function stroke(index: number): Mask {
  const data = new Uint8Array(64 * 80);
  data[index] = 255;
  return { width: 64, height: 80, data };
}

function nothingFound(): Analysis {
  const analysis = fakeAnalysis();
  return { ...analysis, zones: { ...analysis.zones, left_lower: new Float32Array(1024) } };
}

async function openStudio() {
  const studio = fakeStudio();
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  const document = () => {
    const open = currentDocument(studio.store.getState());
    if (open === undefined) throw new Error('a radiograph is open');
    return open;
  };
  return { studio, document };
}

describe('masks', () => {
  it('are undone and redone stroke by stroke', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, stroke(5));
    paint(studio, document().id, stroke(9));
    undo(studio);
    expect(document().mask).toEqual(stroke(5));
    undo(studio);
    expect(document().mask).toBeUndefined();
    redo(studio);
    redo(studio);
    expect(document().mask).toEqual(stroke(9));
  });

  it('are cleared as one step', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, stroke(5));
    clearMask(studio);
    expect(document().mask).toBeUndefined();
    undo(studio);
    expect(document().mask).toEqual(stroke(5));
  });

  it('come from zones, added to what was painted', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, stroke(63));
    choosePlaces(studio, ['right_lower']);
    maskFromZones(studio);
    const { mask } = document();
    expect(mask?.data[63]).toBe(255);
    expect(mask?.data[40 * 64 + 4]).toBe(255);
    expect(mask?.data[40 * 64 + 60]).toBe(0);
  });

  it('from zones fade at the border, as zones that are edited without a mask do', async () => {
    const { studio, document } = await openStudio();
    choosePlaces(studio, ['right_lower']);
    maskFromZones(studio);
    const row = [...(document().mask?.data.slice(40 * 64, 41 * 64) ?? [])];
    expect(row.filter((value) => value > 10 && value < 245).length).toBeGreaterThan(1);
    const steepest = row
      .slice(1)
      .reduce((most, value, index) => Math.max(most, Math.abs(value - (row[index] ?? 0))), 0);
    expect(steepest).toBeLessThan(160);
  });

  it('say so when a zone is not in the picture', async () => {
    const { studio, document } = await openStudio();
    choosePlaces(studio, ['left_lower']);
    studio.store.getState().updateDocument(document().id, 'derived', (open) => withAnalysis(open, nothingFound()));
    maskFromZones(studio);
    expect(document().mask).toBeUndefined();
    expect(studio.store.getState().notices).toMatchObject([
      { tone: 'warning', title: expect.stringContaining('left lower zone') as string },
    ]);
  });

  it('share their history with the request', async () => {
    const { studio, document } = await openStudio();
    togglePlace(studio, 'left_upper');
    paint(studio, document().id, stroke(5));
    setSeverity(studio, 3);
    undo(studio);
    expect([document().request.severity, document().mask]).toEqual([2, stroke(5)]);
    undo(studio);
    undo(studio);
    expect([document().request.places, document().mask]).toEqual([[], undefined]);
  });

  it('stay with their radiograph', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, stroke(5));
    await openFiles(studio, [fakeFile('other.png')]);
    expect(document().mask).toBeUndefined();
    undo(studio);
    studio.store.getState().showDocument('radiograph chest.png');
    expect(document().mask).toEqual(stroke(5));
  });
});
