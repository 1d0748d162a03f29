/** Entry of the worker that opens one file. */

import { openRadiograph } from '../dicom/open';
import { describeError } from './errors';
import type { OpenRequest, OpenResponse } from './openInWorker';

self.addEventListener('message', (event: MessageEvent<OpenRequest>) => {
  const { bytes, name } = event.data;
  openRadiograph(bytes, name).then(
    (radiograph) => {
      self.postMessage({ radiograph } satisfies OpenResponse, { transfer: [radiograph.pixels.buffer as ArrayBuffer] });
    },
    (error: unknown) => {
      self.postMessage({ error: describeError(error) } satisfies OpenResponse);
    },
  );
});
