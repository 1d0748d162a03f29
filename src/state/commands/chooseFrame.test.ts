import { describe, expect, it, vi } from 'vitest';
import type { Radiograph } from '../../imaging/radiograph';
import { fakeFile, fakeRadiograph, fakeStudio } from '../testing/fakes';
import { openFiles } from './openFiles';

const THUMBNAIL = { width: 1, height: 1, data: new Uint8ClampedArray(4) };

function studioOfFrames() {
  const open = vi.fn((_: Uint8Array, name: string, frame?: number): Promise<Radiograph> =>
    Promise.resolve(fakeRadiograph(name, { id: name, frame: { number: frame ?? 1, count: 3 } })),
  );
  const end = vi.fn();
  const frames = vi.fn((_: Uint8Array, __: string, onFrame: (frame: number, thumbnail: typeof THUMBNAIL) => void) => {
    onFrame(2, THUMBNAIL);
    return end;
  });
  const studio = fakeStudio({ open, frames });
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
