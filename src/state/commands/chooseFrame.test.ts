import { describe, expect, it, vi } from 'vitest';
import { CorruptDicomError } from '../../dicom/errors';
import type { Radiograph } from '../../imaging/radiograph';
import { fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import { openFiles } from './openFiles';

const THUMBNAIL = { width: 1, height: 1, data: new Uint8ClampedArray(4) };

function studioOfFrames({ damaged = 0, count = 3 } = {}) {
  const open = vi.fn((_: Uint8Array, name: string, frame?: number): Promise<Radiograph> =>
    (frame ?? 1) === damaged
      ? Promise.reject(new CorruptDicomError(name, 'its JPEG data cannot be read'))
      : Promise.resolve(fakeRadiograph(name, { id: name, frame: { number: frame ?? 1, count } })),
  );
  const end = vi.fn();
  const frames = vi.fn((_: Uint8Array, __: string, onFrame: (frame: number, thumbnail: typeof THUMBNAIL) => void) => {
    onFrame(2, THUMBNAIL);
    return end;
  });
  const studio = fakeStudio({ open, frames, countFrames: () => Promise.resolve(count) });
  const state = () => studio.store.getState();
  const asked = (name: string) =>
    vi.waitFor(() => {
      expect(state().frameQuestion?.name).toBe(name);
    });
  const opened = () => state().documents.map(({ radiograph: { name, frame } }) => [name, frame?.number] as const);
  return { studio, state, asked, opened, end };
}

describe('a file of several frames', () => {
  it('is asked about, one file after another, and opens with the frame that is chosen', async () => {
    const { studio, state, asked, opened, end } = studioOfFrames();
    const both = Promise.all([openFiles(studio, [fakeFile('one.dcm')]), openFiles(studio, [fakeFile('two.dcm')])]);
    await asked('one.dcm');
    await vi.waitFor(() => {
      expect(state().frameQuestion?.thumbnails).toEqual([undefined, THUMBNAIL, undefined]);
    });
    expect(opened()).toEqual([]);
    state().answerFrameQuestion(3);
    await asked('two.dcm');
    state().answerFrameQuestion(1);
    await both;
    expect(new Map(opened())).toEqual(
      new Map([
        ['one.dcm', 3],
        ['two.dcm', 1],
      ]),
    );
    expect(state().frameQuestion).toBeUndefined();
    expect(end).toHaveBeenCalledTimes(2);
  });

  it('is asked about where its first frame cannot be read, which is said when it is chosen', async () => {
    const { studio, state, asked, opened } = studioOfFrames({ damaged: 1 });
    for (const answer of [2, 1]) {
      const opening = openFiles(studio, [fakeFile('one.dcm')]);
      await asked('one.dcm');
      state().answerFrameQuestion(answer);
      await opening;
    }
    expect(opened()).toEqual([['one.dcm', 2]]);
    expect(state().notices).toMatchObject([{ problems: [{ code: 'corrupt-dicom' }] }]);
  });

  it('is not asked about where it has one picture, which cannot be read', async () => {
    const { studio, state, opened } = studioOfFrames({ damaged: 1, count: 1 });
    await openFiles(studio, [fakeFile('one.dcm')]);
    expect(opened()).toEqual([]);
    expect(state().notices).toHaveLength(1);
  });

  it('stays closed where none is wanted, which is no failure', async () => {
    const { studio, state, asked, opened } = studioOfFrames();
    const opening = openFiles(studio, [fakeFile('one.dcm')]);
    await asked('one.dcm');
    state().answerFrameQuestion('none');
    await opening;
    expect(opened()).toEqual([]);
    expect(state().notices).toEqual([]);
  });
});
