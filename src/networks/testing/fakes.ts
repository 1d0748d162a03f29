/** A release and an executor for tests: real files with real hashes, networks that answer with zeros. */

import type { Executor, Network } from '../../engine/executor';
import type { Graph } from '../../engine/graph/schema';
import type { Tensor } from '../../engine/tensor';
import { sha256Hex } from '../../imaging/digest';
import type { ModelCache } from '../cache';
import { NETWORK_NAMES, parseManifest, type Manifest } from '../manifest';

/** A graph of one node, so that parsing and loading are the real ones. */
function graphOf(name: string): unknown {
  return {
    format: 'counterpart-graph',
    version: 1,
    name,
    inputs: [{ name: 'image', shape: [1, 2] }],
    outputs: [{ name: 'out', value: 'y' }],
    weights: [],
    nodes: [{ op: 'relu', output: 'y', inputs: ['image'], attributes: {} }],
  };
}

/** An empty safetensors file. */
function emptyWeights(): Uint8Array {
  const header = new TextEncoder().encode('{}      ');
  const bytes = new Uint8Array(8 + header.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  return bytes;
}

export interface FakeRelease {
  readonly manifest: Manifest;
  readonly manifestJson: Record<string, unknown>;
  /** By address under https://test/. */
  readonly files: Map<string, Uint8Array>;
}

export async function fakeRelease(): Promise<FakeRelease> {
  const files = new Map<string, Uint8Array>();
  const networks: Record<string, unknown> = {};
  for (const name of NETWORK_NAMES) {
    const graph = new TextEncoder().encode(JSON.stringify(graphOf(name)));
    const weights = emptyWeights();
    files.set(`https://test/models/${name}/graph.json`, graph);
    files.set(`https://test/models/${name}/weights.safetensors`, weights);
    const entry = async (file: string, bytes: Uint8Array): Promise<unknown> => ({
      file,
      sha256: await sha256Hex(bytes),
      bytes: bytes.length,
    });
    networks[name] = {
      folder: name,
      graph: await entry('graph.json', graph),
      weights: await entry('weights.safetensors', weights),
      parameters: 1,
      version: '0.1.0',
      evaluation: {},
    };
  }
  const manifestJson = {
    format: 'counterpart-models',
    version: 1,
    release: '0.1.0',
    created: '2026-01-01T00:00:00Z',
    networks,
    calibration: {
      reader: { effusion: { scale: 2, offset: -1, threshold: 0.3 } },
      'second-reader': {},
      severity: { scale: 4 },
    },
    sampling: {
      steps: 12,
      guidance: 4,
      maxTime: 0.9,
      sampler: { add: 'inpaint', remove: 'twin-flow', grade: 'twin-flow' },
    },
  };
  files.set('https://test/models/manifest.json', new TextEncoder().encode(JSON.stringify(manifestJson)));
  return { manifest: parseManifest(manifestJson), manifestJson, files };
}

/** Serves the release's files; counts the requests. */
export function fakeFetch(files: ReadonlyMap<string, Uint8Array>): typeof fetch & { readonly requests: string[] } {
  const requests: string[] = [];
  const serve = async (input: string | URL | Request): Promise<Response> => {
    const url = input instanceof Request ? input.url : input.toString();
    requests.push(url);
    const bytes = files.get(url);
    return bytes === undefined ? new Response('', { status: 404 }) : new Response(bytes as Uint8Array<ArrayBuffer>);
  };
  return Object.assign(serve, { requests });
}

export function memoryCache(): ModelCache & { readonly stored: Map<string, Uint8Array> } {
  const stored = new Map<string, Uint8Array>();
  return {
    stored,
    get: async (sha256) => stored.get(sha256),
    put: async (sha256, bytes) => void stored.set(sha256, bytes),
    delete: async (sha256) => void stored.delete(sha256),
  };
}

export type Answer = (network: string, inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>;

/** An executor whose networks answer with a function; remembers what was loaded and disposed. */
export function fakeExecutor(
  answer: Answer = () => ({}),
): Executor & { readonly loaded: string[]; readonly disposed: string[] } {
  const loaded: string[] = [];
  const disposed: string[] = [];
  return {
    backend: 'wasm',
    device: 'a test',
    loaded,
    disposed,
    async load(graph) {
      loaded.push(graph.name);
      return fakeNetwork(
        graph.name,
        (inputs) => answer(graph.name, inputs),
        () => disposed.push(graph.name),
      );
    },
    memory: () => ({ tensors: 0, bytes: 0 }),
    dispose: async () => undefined,
  };
}

export function fakeNetwork(
  name: string,
  answer: (inputs: Readonly<Record<string, Tensor>>) => Record<string, Tensor>,
  onDispose: () => unknown = () => undefined,
): Network {
  const graph = { name } as Graph;
  return { graph, run: async (inputs) => answer(inputs), dispose: () => void onDispose() };
}
