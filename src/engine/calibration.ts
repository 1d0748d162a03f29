/** Times a small stack of convolutions, like a step of the denoiser in miniature, on an executor. */

import type { Executor } from './executor';
import { GraphBuilder, noise } from './graph/builder';
import { multiplyAdds } from './graph/count';
import type { Graph } from './graph/schema';
import { inferShapes } from './graph/shapes';
import type { Tensor } from './tensor';

export interface Calibration {
  /** Fastest of the warm runs, inputs and outputs copied both ways. */
  readonly milliseconds: number;
  /** 2 × multiply-adds / time. */
  readonly gigaflops: number;
  readonly runs: number;
}

const SIDE = 32;
const CHANNELS = 64;
const LAYERS = 4;

function convolutionStack(): { graph: Graph; weights: ReadonlyMap<string, Tensor> } {
  const g = new GraphBuilder('calibration');
  let x = g.input('x', [1, SIDE, SIDE, CHANNELS]);
  for (let layer = 0; layer < LAYERS; layer++) x = g.node('relu', [g.conv(x, CHANNELS, CHANNELS)], {});
  g.output('y', g.node('mean', [x], { axes: [1, 2], keepDims: false }));
  return { graph: g.build(), weights: g.weights };
}

/**
 * One run to compile and pack, then warm runs until `budgetMs` is spent (at least two). The fastest counts: on a busy machine the
 * others measure the neighbours.
 * @throws EngineError of the run, 'aborted' among them
 */
export async function calibrate(executor: Executor, budgetMs: number, signal?: AbortSignal): Promise<Calibration> {
  const { graph, weights } = convolutionStack();
  const options = signal ? { signal } : {};
  const network = await executor.load(graph, weights);
  try {
    const inputs = { x: noise([1, SIDE, SIDE, CHANNELS], 1) };
    await network.run(inputs, options);
    const times: number[] = [];
    const started = performance.now();
    while (times.length < 2 || performance.now() - started < budgetMs) {
      const before = performance.now();
      await network.run(inputs, options);
      times.push(performance.now() - before);
    }
    const milliseconds = Math.min(...times);
    const operations = 2 * multiplyAdds(graph, inferShapes(graph));
    return { milliseconds, gigaflops: operations / milliseconds / 1e6, runs: times.length };
  } finally {
    network.dispose();
  }
}
