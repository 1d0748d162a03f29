/** The gallery of samples: listing it, and opening one of it. */

import * as errors from '../../messages/en/errors';
import { toProblem } from '../../record/problem';
import { asSample, type Sample } from '../samples';
import type { Studio } from '../studio';
import { openFiles } from './openFiles';

export async function loadSamples({ store, services }: Studio): Promise<void> {
  const { setGallery } = store.getState();
  try {
    setGallery({ status: 'ready', samples: await services.samples() });
  } catch (error) {
    setGallery({ status: 'failed', problem: toProblem(error, errors.listingSamples()) });
  }
}

export async function openSample(studio: Studio, sample: Sample): Promise<void> {
  const open: Studio = {
    ...studio,
    services: {
      ...studio.services,
      open: async (bytes, name, frame) => asSample(await studio.services.open(bytes, name, frame), sample),
    },
  };
  await openFiles(open, [{ name: sample.file, bytes: () => studio.services.sampleBytes(sample) }]);
}
