import { describe, expect, it, vi } from 'vitest';
import { fakeAnalysis, fakeFile } from '../testing/fakes';
import { openPage, work } from '../testing/page';
import { whyNotGenerate } from './generate';
import { undo } from './mask';
import { openFiles } from './openFiles';
import { deleteVersion, editVersion } from './versions';

/** A page whose reader answers only when it is told to. */
async function slowReader() {
  const answers: (() => void)[] = [];
  const reader = { slow: false };
  const analyse = vi.fn(() =>
    reader.slow
      ? new Promise<ReturnType<typeof fakeAnalysis>>((resolve) =>
          answers.push(() => {
            resolve(fakeAnalysis());
          }),
        )
      : Promise.resolve(fakeAnalysis()),
  );
  const page = await openPage(undefined, { worker: { analyse } });
  const answer = () => {
    for (const each of answers.splice(0)) each();
  };
  return { ...page, reader, analyse, answer };
}

describe('reading', () => {
  it('is done again for a radiograph that was closed while it was read and opened again', async () => {
    const { studio, state, reader, document, answer } = await slowReader();
    reader.slow = true;
    const opening = openFiles(studio, [fakeFile('chest.png')]);
    await vi.waitFor(() => {
      expect(document().analysis.status).toBe('running');
    });
    state().closeDocument(document().id);
    answer();
    await opening;
    reader.slow = false;
    state().reopenDocument();
    await vi.waitFor(() => {
      expect(document().analysis.status).toBe('ready');
    });
  });

  it('goes on for a radiograph that is opened again before it is done', async () => {
    const { studio, state, reader, analyse, document, answer } = await slowReader();
    reader.slow = true;
    const opening = openFiles(studio, [fakeFile('chest.png')]);
    await vi.waitFor(() => {
      expect(document().analysis.status).toBe('running');
    });
    state().closeDocument(document().id);
    state().reopenDocument();
    answer();
    await opening;
    expect(document().analysis.status).toBe('ready');
    expect(analyse).toHaveBeenCalledOnce();
  });

  it('is done again for a version that was deleted while it was read and brought back', async () => {
    const { studio, state, reader, document, answer } = await slowReader();
    await work({ studio });
    const { id, versions } = document();
    const version = versions[0]?.id ?? '';
    reader.slow = true;
    const editing = editVersion(studio, id, version);
    deleteVersion(studio, id, version);
    answer();
    await editing;
    reader.slow = false;
    undo(studio);
    await vi.waitFor(() => {
      expect(document().versions[0]?.analysis.status).toBe('ready');
    });
    expect(whyNotGenerate(state())).toBeUndefined();
  });

  it('that failed is not tried again by itself', async () => {
    const analyse = vi.fn(() => Promise.reject(new Error('no memory')));
    const { studio, state, document } = await openPage(undefined, { worker: { analyse } });
    await openFiles(studio, [fakeFile('chest.png'), fakeFile('other.png')]);
    state().showDocument('radiograph chest.png');
    await new Promise((resolve) => setTimeout(resolve));
    expect(document().analysis.status).toBe('failed');
    expect(analyse).toHaveBeenCalledTimes(2);
  });
});
