import { describe, expect, it } from 'vitest';
import type { Mask } from '../../imaging/radiograph';
import { looseStrokes } from '../../record/history/history';
import { takeSnapshot } from '../../record/project/snapshot';
import { currentDocument } from '../slices/documents';
import { fakeFile, fakeStudio } from '../testing/fakes';
import { paint, redo, undo } from './mask';
import { openFiles } from './openFiles';
import { packHistory } from './packHistory';

const WIDTH = 64;
const HEIGHT = 80;

function filled(rows: number): Mask {
  return { width: WIDTH, height: HEIGHT, data: new Uint8Array(WIDTH * HEIGHT).fill(255, 0, rows * WIDTH) };
}

const box = (rows: number) => ({ x: 0, y: 0, width: WIDTH, height: rows });

async function openStudio() {
  const studio = fakeStudio();
  await openFiles(studio, [fakeFile('chest.png')]);
  const document = () => {
    const open = currentDocument(studio.store.getState());
    if (open === undefined) throw new Error('a radiograph is open');
    return open;
  };
  return { studio, document };
}

describe('strokes in the history', () => {
  it('are loose when released, and packed when there was time', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, filled(3), box(3));
    paint(studio, document().id, filled(7), box(7));
    await packHistory(studio);
    expect(looseStrokes(document().history)).toEqual([]);
    undo(studio);
    expect(document().mask).toEqual(filled(3));
    redo(studio);
    expect(document().mask).toEqual(filled(7));
  });

  it('are undone and redone while they are loose', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, filled(3), box(3));
    paint(studio, document().id, filled(7), box(7));
    undo(studio);
    undo(studio);
    expect(document().mask).toBeUndefined();
    redo(studio);
    expect(document().mask).toEqual(filled(3));
    await packHistory(studio);
    redo(studio);
    expect(document().mask).toEqual(filled(7));
  });

  it('are saved packed, also when nothing had time to pack them', async () => {
    const { studio, document } = await openStudio();
    paint(studio, document().id, filled(5), box(5));
    const [saved] = takeSnapshot(studio.store.getState()).documents;
    if (saved === undefined) throw new Error('a document is saved');
    expect(looseStrokes(saved.history)).toEqual([]);
    await packHistory(studio);
    expect(saved.history).toEqual(document().history);
  });
});
