import { describe, expect, it, vi } from 'vitest';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import type { WorkerPort } from './client';
import { RemoteError, WorkerCrashedError } from './errors';
import {
  countFramesInWorker,
  framesInWorker,
  mayBeMaskInWorker,
  openInWorker,
  textInWorker,
  type OpenResponse,
} from './openInWorker';

/** A worker that answers with what it is told to, or ends with an error. */
function port(answer: OpenResponse | 'crash') {
  const events = new EventTarget();
  const sent: unknown[] = [];
  const worker: WorkerPort = {
    addEventListener: events.addEventListener.bind(events) as WorkerPort['addEventListener'],
    terminate: vi.fn(),
    postMessage: (message: unknown) => {
      sent.push(message);
      queueMicrotask(() =>
        events.dispatchEvent(answer === 'crash' ? new Event('error') : new MessageEvent('message', { data: answer })),
      );
    },
  };
  return { worker, sent };
}

describe('opening in a worker', () => {
  it('gives the radiograph, keeps the caller’s bytes, and ends the worker', async () => {
    const radiograph = fakeRadiograph(64, 64, 8);
    const { worker, sent } = port({ radiograph });
    const bytes = Uint8Array.of(1, 2, 3);
    expect(await openInWorker(bytes, 'chest.png', 2, () => worker)).toBe(radiograph);
    expect(sent).toEqual([{ bytes: Uint8Array.of(1, 2, 3), name: 'chest.png', frame: 2 }]);
    expect((sent[0] as { bytes: Uint8Array }).bytes).not.toBe(bytes);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('says what the file’s reader says, with its advice', async () => {
    const { worker } = port({
      error: { code: 'colour', message: 'chest.png is a colour picture.', advice: 'Choose another.' },
    });
    const failed = await openInWorker(Uint8Array.of(1), 'chest.png', undefined, () => worker).catch(
      (error: unknown) => error,
    );
    expect(failed).toBeInstanceOf(RemoteError);
    expect(failed).toMatchObject({ code: 'colour', advice: 'Choose another.' });
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('does not wait for a worker that stopped', async () => {
    const { worker } = port('crash');
    await expect(openInWorker(Uint8Array.of(1), 'chest.png', undefined, () => worker)).rejects.toBeInstanceOf(
      WorkerCrashedError,
    );
  });

  it('searches a film for writing, and keeps its pixels for the page', async () => {
    const text = [{ x: 1, y: 2, width: 30, height: 9 }];
    const { worker, sent } = port({ text });
    const radiograph = fakeRadiograph(64, 64, 8);
    expect(await textInWorker(radiograph, () => worker)).toBe(text);
    expect(sent).toEqual([{ textIn: radiograph }]);
    expect(radiograph.pixels.length).toBe(64 * 64);
  });

  it('says whether a picture may be a mask', async () => {
    const { worker, sent } = port({ mayBeMask: true });
    const size = { width: 64, height: 80 };
    expect(await mayBeMaskInWorker(Uint8Array.of(1), 'mask.png', size, () => worker)).toBe(true);
    expect(sent).toMatchObject([{ name: 'mask.png', maskOf: size }]);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('says how many frames there are', async () => {
    const { worker, sent } = port({ count: 7 });
    expect(await countFramesInWorker(Uint8Array.of(1), 'cine.dcm', () => worker)).toBe(7);
    expect(sent).toMatchObject([{ frame: 'count' }]);
    expect(worker.terminate).toHaveBeenCalledOnce();
  });

  it('tells thumbnails of frames as they come, until somebody ends it', async () => {
    const thumbnail = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
    const { worker, sent } = port({ frame: 3, thumbnail });
    const onFrame = vi.fn();
    const end = framesInWorker(Uint8Array.of(1), 'cine.dcm', onFrame, () => worker);
    await vi.waitFor(() => {
      expect(onFrame).toHaveBeenCalledWith(3, thumbnail);
    });
    expect(sent).toMatchObject([{ frame: 'all' }]);
    expect(worker.terminate).not.toHaveBeenCalled();
    end();
    expect(worker.terminate).toHaveBeenCalledOnce();
  });
});
