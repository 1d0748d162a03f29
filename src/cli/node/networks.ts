/** The release's networks in Node, from the files in models/, on our own kernels. */

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Executor } from '../../engine/executor';
import { createWasmExecutor } from '../../engine/wasm/executor';
import { installKernels } from '../../imaging/kernels/current';
import { makeKernels } from '../../imaging/kernels/kernels';
import type { DownloadPorts } from '../../networks/download';
import { downloadManifest } from '../../networks/downloadManifest';
import { openSuite, type NetworkSuite } from '../../networks/suite';
import { gpuExecutor } from './gpu';
import { helpersOf, type StartThread } from './threads';

export interface OpenNetworks {
  readonly suite: NetworkSuite;
  /** As a recipe tells it. */
  readonly backend: string;
  /** That compute now: fewer than were asked for where some could not be started, or are lost. */
  readonly threads: number;
  dispose(): Promise<void>;
}

/** Files in place of a server; a missing one is answered as a server would. */
const ports: DownloadPorts = {
  fetch: async (input) => {
    try {
      return new Response(await readFile(fileURLToPath(input instanceof Request ? input.url : input)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Response(null, { status: 404 });
      throw error;
    }
  },
  cache: undefined,
};

export interface Computing {
  /** On the graphics adapter, whose results are the CPU's but for rounding. */
  readonly gpu?: boolean;
  /** Of the CPU; whatever their number, the results are the same to the bit. */
  readonly threads: number;
  readonly threadStarter: (() => Promise<StartThread>) | undefined;
}

/** @param root the folder that holds models/ @throws GpuPackageMissingError, GpuMissingError, WeightsMissingError, WeightsCorruptError, ManifestInvalidError, EngineError */
export async function openNetworks(
  root: URL,
  computing: Computing = { threads: 1, threadStarter: undefined },
): Promise<OpenNetworks> {
  const manifest = await downloadManifest(root.href, ports);
  const { executor, threads } = await executorOn(computing);
  const suite = openSuite({ executor, manifest, baseUrl: root.href, ports });
  return {
    suite,
    backend: `${executor.backend} (${executor.device})`,
    get threads() {
      return threads();
    },
    async dispose() {
      suite.dispose();
      await executor.dispose();
    },
  };
}

async function executorOn({
  gpu = false,
  threads,
  threadStarter,
}: Computing): Promise<{ readonly executor: Executor; readonly threads: () => number }> {
  // The adapter has its own.
  if (gpu) return { executor: await gpuExecutor(), threads: () => threads };
  const startHelper = threads > 1 && threadStarter ? helpersOf(await threadStarter()) : undefined;
  installKernels(makeKernels());
  const executor = await createWasmExecutor({ threads: startHelper ? threads : 1, startHelper });
  return { executor, threads: () => executor.threads };
}
