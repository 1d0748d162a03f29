/** Times whole edits: a radiograph is read, sampled anew, composed and judged, as the studio does it. */

import type { Edit, SamplingOptions } from '../../counterfactual/edit';
import { generate } from '../../counterfactual/generate';
import { prepareSource } from '../../counterfactual/source';
import type { Executor, Network } from '../../engine';
import { toNetworkGrid } from '../../imaging/resample';
import type { Radiograph } from '../../imaging/radiograph';
import type { Manifest } from '../../networks/manifest';
import type { NetworkSuite } from '../../networks/suite';
import { EDIT_REQUESTS, type EditMeasurement, type EditName, type NetworkShare } from './measurements';
import type { GpuWatch } from './observe-gpu';

/** As shipped for this kind of edit, but for the number of steps where one is given. */
export function shippedSampling({ sampling }: Manifest, kind: Edit['kind'], steps?: number): SamplingOptions {
  const own = sampling.kinds[kind];
  return {
    seed: 1,
    // What is measured is the networks' work: a sketch would do without most of it.
    sampler: sampling.sampler[kind],
    steps: steps ?? own?.steps ?? sampling.steps,
    guidance: own?.guidance ?? sampling.guidance,
    maxTime: own?.maxTime ?? sampling.maxTime,
  };
}

/** Time spent in each network, since the last `take`. */
export class NetworkClock {
  #share: Record<string, { milliseconds: number; runs: number }> = {};

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** The same executor, whose networks are timed. */
  timed(executor: Executor): Executor {
    return {
      backend: executor.backend,
      ...(executor.kernels && { kernels: executor.kernels }),
      device: executor.device,
      load: async (...given) => this.#timed(await executor.load(...given)),
      memory: () => executor.memory(),
      dispose: () => executor.dispose(),
    };
  }

  take(): NetworkShare {
    const share = this.#share;
    this.#share = {};
    return share;
  }

  #timed(network: Network): Network {
    return {
      graph: network.graph,
      dispose: () => network.dispose(),
      run: async (inputs, options) => {
        const started = this.now();
        const outputs = await network.run(inputs, options);
        const share = (this.#share[network.graph.name] ??= { milliseconds: 0, runs: 0 });
        share.milliseconds += this.now() - started;
        share.runs++;
        return outputs;
      },
    };
  }
}

export interface EditOptions {
  readonly edit: EditName;
  readonly warmRuns: number;
  /** When the engine was started, on the same clock. */
  readonly started: number;
  /** No further edit begins after so long. */
  readonly longestMs?: number | undefined;
  /** Fewer than shipped, for adapters that would take minutes. */
  readonly steps?: number | undefined;
  readonly watch?: GpuWatch | undefined;
  readonly now?: () => number;
}

/**
 * @param suite loaded by an executor that `clock` times
 * @throws Error as `generate` does
 */
export async function measureEdit(
  radiograph: Radiograph,
  suite: NetworkSuite,
  clock: NetworkClock,
  device: string,
  {
    edit: name,
    warmRuns,
    started,
    longestMs = Number.POSITIVE_INFINITY,
    steps,
    watch,
    now = () => performance.now(),
  }: EditOptions,
): Promise<EditMeasurement> {
  const { edit } = EDIT_REQUESTS[name];
  const sampling = shippedSampling(suite.manifest, edit.kind, steps);
  await suite.warm();
  const loadMs = now() - started;
  const once = async () => {
    clock.take();
    const asked = now();
    const source = await prepareSource(radiograph, suite);
    const { image } = await generate(source, suite, edit, sampling, { backend: device, allowUncertain: true });
    return { milliseconds: now() - asked, share: clock.take(), image };
  };
  const began = now();
  const first = await once();
  const warm = [];
  while (warm.length < warmRuns && now() - began < longestMs) warm.push(await once());
  const fastest = warm.toSorted((a, b) => a.milliseconds - b.milliseconds)[0] ?? first;
  return {
    device,
    edit: name,
    steps: sampling.steps,
    loadMs,
    firstMs: first.milliseconds,
    warmMs: warm.map(({ milliseconds }) => milliseconds),
    share: fastest.share,
    ...(watch && { gpuBytes: watch.peakBytes() }),
    picture: toNetworkGrid(first.image),
  };
}
