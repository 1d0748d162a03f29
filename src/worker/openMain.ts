/** Entry of the worker that opens one file, or shows what frames it has. */

import { openRadiograph } from '../dicom/open';
import { thumbnailOf } from '../record/thumbnail';
import { describeError } from './errors';
import type { OpenRequest, OpenResponse, SearchRequest } from './openInWorker';

self.addEventListener('message', (event: MessageEvent<OpenRequest | SearchRequest>) => {
  if ('textIn' in event.data) {
    const { textIn: film } = event.data;
    import('../imaging/text/find-text').then(
      ({ textIn }) => {
        self.postMessage({ text: textIn(film) } satisfies OpenResponse);
      },
      (error: unknown) => {
        self.postMessage({ error: describeError(error) } satisfies OpenResponse);
      },
    );
    return;
  }
  const { bytes, name, frame, maskOf } = event.data;
  if (maskOf) {
    import('../imaging/mask-sniff').then(
      ({ mayBeMask }) => {
        self.postMessage({ mayBeMask: mayBeMask(bytes, name, maskOf) } satisfies OpenResponse);
      },
      (error: unknown) => {
        self.postMessage({ error: describeError(error) } satisfies OpenResponse);
      },
    );
    return;
  }
  if (frame === 'all') {
    void showFrames(bytes, name);
    return;
  }
  if (frame === 'count') {
    countFrames(bytes, name).then(
      (count) => {
        self.postMessage({ count } satisfies OpenResponse);
      },
      (error: unknown) => {
        self.postMessage({ error: describeError(error) } satisfies OpenResponse);
      },
    );
    return;
  }
  openRadiograph(bytes, name, frame).then(
    (radiograph) => {
      self.postMessage({ radiograph } satisfies OpenResponse, { transfer: [radiograph.pixels.buffer as ArrayBuffer] });
    },
    (error: unknown) => {
      self.postMessage({ error: describeError(error) } satisfies OpenResponse);
    },
  );
});

async function countFrames(bytes: Uint8Array, name: string): Promise<number> {
  const { framesOfDicom } = await import('../dicom/read-dicom');
  return framesOfDicom(bytes, name)?.count ?? 1;
}

async function showFrames(bytes: Uint8Array, name: string): Promise<void> {
  const { framesOfDicom } = await import('../dicom/read-dicom');
  const frames = framesOfDicom(bytes, name);
  for (let frame = 1; frame <= (frames?.count ?? 0); frame++) {
    // A frame that cannot be read says so when it is chosen.
    const radiograph = await frames?.read(frame).catch(() => undefined);
    if (radiograph) self.postMessage({ frame, thumbnail: thumbnailOf(radiograph) } satisfies OpenResponse);
  }
}
