/** Another library as an executor: it runs the file it has been given for a graph, whatever the graph says. */

import type { BackendName, Executor, Graph, Network, Tensor } from '../../src/engine';

export interface ForeignModel {
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  dispose(): void;
}

export function foreignExecutor(
  backend: BackendName,
  device: string,
  open: (graph: Graph) => Promise<ForeignModel>,
): Executor {
  return {
    backend,
    device,
    load: async (graph): Promise<Network> => ({ graph, ...(await open(graph)) }),
    memory: () => ({ tensors: 0, bytes: 0 }),
    dispose: () => Promise.resolve(),
  };
}

/** @throws Error naming the file that there is not */
export async function fetchModel(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`there is no ${url.slice(1)}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** Files by network; asked for one after the other. */
export async function fetchModels(
  networks: readonly string[],
  fetchOne: (network: string) => Promise<Uint8Array>,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for (const network of networks) files.set(network, await fetchOne(network));
  return files;
}
