/** The studio's services as a browser offers them. */

import { CounterpartError } from '../errors';
import { parseManifest } from '../networks/manifest';
import { offeredArchive } from '../state/archive';
import { releaseOf } from '../state/release';
import type { LocalModel } from '../state/languageModel';
import { parseSamples } from '../state/samples';
import type { StudioServices } from '../state/services';
import { createCornerstoneViewport } from '../viewport/cornerstone';
import { StudioWorker } from '../worker/client';
import {
  countFramesInWorker,
  framesInWorker,
  mayBeMaskInWorker,
  openInWorker,
  textInWorker,
} from '../worker/openInWorker';
import { SketchWorker } from '../worker/sketch/sketchWorker';
import { pickBlobs, pickFiles, pickFilesOfFolder } from './opening/pickFiles';
import { pickFolder } from './opening/pickFolder';
import { BrowserProjectStorage } from './projects/browserProjectStorage';
import { BrowserRuns } from './run/browserRuns';
import { sampleAddress, SAMPLES_FOLDER } from './sampleAddress';
import { saveFile } from './saveFile';
import { saveInParts } from './saveInParts';

class SampleMissingError extends CounterpartError {
  readonly code = 'sample-missing';
  constructor(title: string, status: number) {
    super(
      `The sample “${title}” could not be fetched (status ${String(status)}).`,
      'Check the connection and try again, or open a radiograph of your own.',
    );
  }
}

async function fetchJson(address: string): Promise<unknown> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: status ${String(response.status)}`);
  return response.json();
}

export function createBrowserServices(): StudioServices {
  const worker = new StudioWorker();
  let chosenModel: LocalModel | undefined;
  let closeModel = (): void => undefined;
  document.addEventListener('visibilitychange', () => {
    worker.setHidden(document.hidden);
  });
  return {
    worker,
    sketches: new SketchWorker(),
    projects: new BrowserProjectStorage(),
    runs: new BrowserRuns(),
    open: (bytes, name, frame) => openInWorker(bytes, name, frame),
    countFrames: (bytes, name) => countFramesInWorker(bytes, name),
    mayBeMask: (bytes, name, size) => mayBeMaskInWorker(bytes, name, size),
    findText: (radiograph) => textInWorker(radiograph),
    frames: (bytes, name, onFrame) => framesInWorker(bytes, name, onFrame),
    release: async () => releaseOf(parseManifest(await fetchJson(`${import.meta.env.BASE_URL}models/manifest.json`))),
    samples: async () => {
      const response = await fetch(`${SAMPLES_FOLDER}samples.json`);
      // A server that answers every unknown address with the start page has no samples either.
      const isJson = response.headers.get('content-type')?.includes('json') ?? false;
      return response.ok && isJson ? parseSamples(await response.json()) : [];
    },
    sampleBytes: async (sample) => {
      const response = await fetch(sampleAddress(sample));
      if (!response.ok) throw new SampleMissingError(sample.title, response.status);
      return new Uint8Array(await response.arrayBuffer());
    },
    languageModel: async () => {
      if (chosenModel !== undefined) return chosenModel;
      // Asked for with the first report, not with the page.
      const { offeredModel } = await import('../state/languageModel');
      return offeredModel(`${import.meta.env.BASE_URL}llm`);
    },
    pickLanguageModel: async () => {
      const files = await pickBlobs('.gguf');
      const [first] = files;
      if (first === undefined) return undefined;
      const { modelOnThisComputer } = await import('../worker/languageModel/localModel');
      const { ask, close } = modelOnThisComputer(files);
      // One at a time: each holds all its weights.
      closeModel();
      closeModel = close;
      chosenModel = { file: first.name, ask };
      return chosenModel;
    },
    archiveOffered: () => offeredArchive(`${import.meta.env.BASE_URL}pacs`),
    openArchive: async (name) => {
      const { Archive } = await import('../dicom/web/archive');
      return new Archive({ base: `${import.meta.env.BASE_URL}pacs`, name });
    },
    createViewport: createCornerstoneViewport,
    pickFiles,
    pickFilms: pickFilesOfFolder,
    pickFolder,
    save: saveFile,
    saveInParts,
    copyText: (text) => navigator.clipboard.writeText(text),
    now: () => performance.now(),
  };
}
