/** What the server serves: an executor with its networks, able to read and to edit radiographs. */

import { generate } from '../counterfactual/generate';
import type { Counterfactual, Edit, Recipe, Reversal, SamplingOptions } from '../counterfactual/edit';
import { reverseEdit } from '../counterfactual/receipt/reverse';
import { searchEdit, type SearchOptions } from '../counterfactual/search/searchEdit';
import { prepareSource, type Source } from '../counterfactual/source';
import { pathologyOf } from '../counterfactual/streams/pathology';
import type { Executor } from '../engine/executor';
import { regionMap } from '../findings/regions';
import { PLACES } from '../findings/vocabulary';
import type { Radiograph } from '../imaging/radiograph';
import type { PathologyReading } from '../networks/streams';
import type { NetworkSuite } from '../networks/suite';
import type { Analysis } from '../counterfactual/analysis';
import type { DeviceReport, Response } from './messages';

export type Progress = Omit<Extract<Response, { type: 'progress' }>, 'type' | 'id'>;

export interface JobOptions {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Between two steps. */
  readonly breathe?: () => Promise<void>;
  /** Aborted when a search shall end with the best so far. */
  readonly finish?: AbortSignal;
}

export interface SearchRequest {
  readonly search: SearchOptions;
  /** Changes [32 x 32] of what was kept before. */
  readonly accepted: readonly Float32Array[];
}

export interface Method {
  readonly report: DeviceReport;
  analyse(radiograph: Radiograph, job: JobOptions): Promise<Analysis>;
  generate(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    allowUncertain: boolean,
    job: JobOptions,
  ): Promise<Counterfactual>;
  search(
    radiograph: Radiograph,
    edit: Edit,
    sampling: SamplingOptions,
    allowUncertain: boolean,
    request: SearchRequest,
    job: JobOptions,
  ): Promise<Counterfactual>;
  /** The edit taken back; undefined when it changed nothing. */
  reverse(
    radiograph: Radiograph,
    edit: Edit,
    result: Radiograph,
    recipe: Pick<Recipe, 'sampling' | 'search'>,
    job: JobOptions,
  ): Promise<Reversal | undefined>;
  /** What a film has more than the same film without its opacities. */
  pathology(radiograph: Radiograph, healthy: Radiograph, job: JobOptions): Promise<PathologyReading>;
  /** With nothing else to do: looks for faster kernels. @returns whether there may be more */
  rest?(signal: AbortSignal): Promise<boolean>;
  dispose(): Promise<void>;
}

/** Starts a backend and opens the release; progress tells downloads. `only`: no other backend than the preferred one will do. */
export type OpenMethod = (
  prefer: 'webgpu' | 'wasm' | 'auto',
  baseUrl: string,
  onProgress: (progress: Progress) => void,
  only?: boolean,
) => Promise<Method>;

/** How long the GPU may be used at a time while nobody asks for anything. */
const REST_MS = 3000;

/** Radiographs whose readings and latents are kept, so that a second edit of one starts at once. */
const KEPT_SOURCES = 4;

/** Who is told of downloads: the job that may be waiting for them. */
export interface DownloadListener {
  tell: ((progress: Progress) => void) | undefined;
}

/** Two tabs that timed kernels at once would time each other. */
async function alone(work: () => Promise<boolean>): Promise<boolean> {
  const { locks } = globalThis.navigator as Partial<Navigator>;
  if (locks === undefined) return work();
  return locks.request('counterpart-engine-timing', { ifAvailable: true }, (lock) => (lock === null ? false : work()));
}

export function createMethod(
  executor: Executor,
  suite: NetworkSuite,
  report: DeviceReport,
  downloads: DownloadListener = { tell: undefined },
): Method {
  const sources = new Map<string, Source>();

  const sourceOf = async (radiograph: Radiograph, { signal, onProgress }: JobOptions): Promise<Source> => {
    const known = sources.get(radiograph.id);
    if (known !== undefined) return known;
    const source = await prepareSource(radiograph, suite, signal, (fraction) =>
      onProgress({ stage: 'read', fraction }),
    );
    sources.set(radiograph.id, source);
    const oldest = sources.keys().next();
    if (sources.size > KEPT_SOURCES && oldest.done !== true) sources.delete(oldest.value);
    return source;
  };

  /** Aborted by the next job. */
  let ahead = new AbortController();
  /** A film may be read between two steps of an edit, which it does not keep from going on. */
  let jobs = 0;
  const callOff = (): void => ahead.abort();
  /** What the first edit of a film asks of it, while the user looks at the reading. */
  const lookAhead = async (source: Source): Promise<void> => {
    const { signal } = (ahead = new AbortController());
    await suite.warm();
    // The answer goes first.
    await new Promise((resolve) => setTimeout(resolve));
    // What fails when nobody asked for it is no news; it will fail again when somebody does.
    if (!signal.aborted && jobs === 0) await source.ahead(signal).catch(() => undefined);
  };

  const backend = `${executor.backend} (${executor.device})`;
  const told = async <T>(job: JobOptions, work: () => Promise<T>): Promise<T> => {
    downloads.tell = job.onProgress;
    callOff();
    jobs++;
    try {
      return await work();
    } finally {
      jobs--;
      downloads.tell = undefined;
    }
  };

  return {
    report,
    async analyse(radiograph, job) {
      callOff();
      const source = await sourceOf(radiograph, job);
      const { reading, anatomy, activation } = source;
      const mirrored = await source.mirrored(job.signal);
      // What an edit needs arrives, and is asked, while the user looks at the reading.
      void lookAhead(source);
      const zones = Object.fromEntries(
        PLACES.map((place) => [place, regionMap(anatomy.regions, place)]),
      ) as Analysis['zones'];
      return {
        reading,
        zones,
        probabilities: anatomy.probabilities,
        frontalChest: anatomy.frontalChest,
        ...(mirrored && { mirrored }),
        ...(activation && { activation }),
      };
    },
    generate: (radiograph, edit, sampling, allowUncertain, job) =>
      told(job, async () =>
        generate(await sourceOf(radiograph, job), suite, edit, sampling, { ...job, allowUncertain, backend }),
      ),
    search: (radiograph, edit, sampling, allowUncertain, { search, accepted }, job) =>
      told(job, async () =>
        searchEdit(await sourceOf(radiograph, job), suite, edit, sampling, search, accepted, {
          ...job,
          allowUncertain,
          backend,
        }),
      ),
    reverse: (radiograph, edit, result, recipe, job) =>
      told(job, async () =>
        reverseEdit(await sourceOf(radiograph, job), suite, edit, result, recipe, {
          ...job,
          backend,
          onProgress: (fraction) => job.onProgress({ stage: 'sample', fraction }),
        }),
      ),
    pathology: (radiograph, healthy, job) =>
      told(job, async () => pathologyOf(await sourceOf(radiograph, job), suite, healthy, job.signal)),
    rest: (signal) => alone(async () => ((await executor.refine?.({ signal, budgetMs: REST_MS })) ?? 0) > 0),
    async dispose() {
      callOff();
      sources.clear();
      suite.dispose();
      await executor.dispose();
    },
  };
}
