/** The studio's server with a small network of its own in the place of the release, on devices that are lost. */

import type { Counterfactual } from '../../src/counterfactual/edit';
import { fakeRadiograph } from '../../src/counterfactual/testing/fakes';
import { createExecutor } from '../../src/engine';
import { noise } from '../../src/engine/graph/builder';
import { smallUnet } from '../../src/engine/testing/small-unet';
import { leaseDevice } from '../../src/engine/webgpu/device';
import type { Response } from '../../src/worker/messages';
import type { JobOptions, Method, OpenMethod } from '../../src/worker/method';
import { createServer } from '../../src/worker/server';

const STEPS = 6;
const film = fakeRadiograph(64, 64, 8);
const INPUTS = { latent: noise([1, 16, 16, 4], 1), time: noise([1, 1], 2), tokens: noise([1, 5, 16], 3) };

/** @returns what the server posted, each in a few words: kind, and backend or the sum of the result */
export async function loseDevices(losses: number, wasmPaths: string): Promise<readonly string[]> {
  let left = losses;
  const open: OpenMethod = async (prefer) => {
    const { executor } = await createExecutor({ prefer, wasmPaths });
    const { graph, weights } = smallUnet();
    const network = await executor.load(graph, weights);
    const generate = async ({ breathe }: JobOptions): Promise<Counterfactual> => {
      let sum = 0;
      for (let step = 0; step < STEPS; step++) {
        if (step === STEPS / 2 && executor.backend === 'webgpu' && left-- > 0) (await leaseDevice()).device.destroy();
        const outputs = await network.run(INPUTS);
        sum += Object.values(outputs)[0]?.data.reduce((total, value) => total + value, 0) ?? Number.NaN;
        await breathe?.();
      }
      const mask = { width: 64, height: 64, data: new Uint8Array(4096) };
      return { image: film, mask, changedPixels: Math.round(sum * 1000) } as Counterfactual;
    };
    return {
      report: { backend: executor.backend, device: executor.device, calibration: {}, notes: [] },
      generate: (_radiograph, _edit, _sampling, _allow, job) => generate(job),
      dispose: () => executor.dispose(),
    } as Partial<Method> as Method;
  };
  const posted: string[] = [];
  const server = createServer(open, (response) => posted.push(inWords(response)));
  await server.handle({ type: 'start', id: 1, prefer: 'webgpu', baseUrl: 'https://test/' });
  const edit = { kind: 'add', finding: 'lung_opacity', places: ['left_lower'], severity: 2 };
  const sampling = { seed: 1, steps: 4, sampler: 'auto', guidance: 4, maxTime: 0.9 };
  for (const id of [2, 3]) await server.handle({ type: 'generate', id, radiograph: film, edit, sampling });
  return posted;
}

function inWords(response: Response): string {
  switch (response.type) {
    case 'started':
    case 'device-changed':
      return `${response.type} ${response.report.backend}`;
    case 'generated':
      return `generated ${response.counterfactual.changedPixels}`;
    case 'failed':
      return `failed ${response.error.code}: ${response.error.message}`;
    default:
      return response.type;
  }
}
