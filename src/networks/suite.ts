/** The networks of a release, each fetched, verified and loaded when first asked for, in the order the work needs them. */

import { parseGraph, readSafetensors, type Executor, type Network } from '../engine';
import { downloadVerified, type DownloadPorts, type RemoteFile } from './download';
import { ManifestInvalidError } from './errors';
import { createHealthyTwin, type HealthyTwin } from './healthyTwin';
import { createNeighbours, type Neighbours } from './neighbours';
import { networkVersion, NETWORK_NAMES, type Manifest, type ManifestFile, type NetworkName } from './manifest';
import { createPathology, createRecomposer, type PathologyNetwork, type Recomposer } from './streams';
import {
  createAnatomist,
  createDecoder,
  createDenoiser,
  createEncoder,
  createReader,
  type Anatomist,
  type Decoder,
  type Denoiser,
  type Encoder,
  type Reader,
} from './typed';

export interface NetworkSuite {
  readonly manifest: Manifest;
  encoder(): Promise<Encoder>;
  decoder(): Promise<Decoder>;
  anatomist(): Promise<Anatomist>;
  reader(): Promise<Reader>;
  secondReader(): Promise<Reader>;
  denoiser(): Promise<Denoiser>;
  /** What takes opacity away in one pass. */
  healthyTwin(): Promise<HealthyTwin>;
  /** What reads the pathology of a donor. */
  pathology(): Promise<PathologyNetwork>;
  /** What draws it on another patient's twin. */
  recomposer(): Promise<Recomposer>;
  /** What tells how near an image comes to a training image; undefined where the release ships nothing that could. */
  neighbours(): Promise<Neighbours | undefined>;
  /** Loads what an edit needs beyond the first analysis, one after another. Failures stay silent: asking again tells them. */
  warm(): Promise<void>;
  /** Version and short hash of every network, for recipes. */
  versions(): Readonly<Record<string, string>>;
  /** Frees the device. */
  dispose(): void;
}

export interface SuiteOptions {
  readonly executor: Executor;
  readonly manifest: Manifest;
  /** Ends in a slash; files lie under `${baseUrl}models/<folder>/`. */
  readonly baseUrl: string;
  readonly ports: DownloadPorts;
  /** Bytes of all networks asked for so far. */
  readonly onProgress?: (loaded: number, total: number) => void;
}

/** Of an edit; first what reads the image, then what else it needs. The streams of a swap are apart. */
export const EDIT_NETWORKS: readonly NetworkName[] = [
  'anatomist',
  'reader',
  'encoder',
  'decoder',
  'healthy-twin',
  'denoiser',
  'second-reader',
];

const NONE = new Uint8Array();

export function openSuite(options: SuiteOptions): NetworkSuite {
  const { executor, manifest, baseUrl, ports } = options;
  const loaded = new Map<NetworkName, Promise<Network>>();
  let neighbours: Promise<Neighbours> | undefined;
  const bytes = { loaded: 0, total: 0 };
  let disposed = false;

  const remote = (name: NetworkName, file: ManifestFile): RemoteFile => {
    const { folder } = manifest.networks[name];
    return {
      url: `${baseUrl}models/${folder}/${file.file}`,
      name: `${folder}/${file.file}`,
      sha256: file.sha256,
      bytes: file.bytes,
    };
  };

  /** Files of one network, counted; what fails is not. */
  const fetched = async <T>(
    name: NetworkName,
    files: readonly ManifestFile[],
    made: (contents: readonly Uint8Array[]) => T | Promise<T>,
  ): Promise<T> => {
    const own = { loaded: 0, total: files.reduce((sum, file) => sum + file.bytes, 0) };
    bytes.total += own.total;
    const arrived = (count: number): void => {
      own.loaded += count;
      bytes.loaded += count;
      options.onProgress?.(bytes.loaded, bytes.total);
    };
    try {
      const contents: Uint8Array[] = [];
      for (const file of files) contents.push(await downloadVerified(remote(name, file), ports, arrived));
      return await made(contents);
    } catch (error) {
      bytes.loaded -= own.loaded;
      bytes.total -= own.total;
      throw error;
    }
  };

  const load = async (name: NetworkName): Promise<Network> => {
    const entry = manifest.networks[name];
    try {
      return await fetched(name, [entry.graph, entry.weights], async ([graphBytes = NONE, weightBytes = NONE]) => {
        const graph = parseGraph(parseJson(graphBytes, `${entry.folder}/${entry.graph.file}`));
        const weights = readSafetensors(weightBytes, `${entry.folder}/${entry.weights.file}`);
        const network = await executor.load(graph, weights);
        if (disposed) network.dispose();
        return network;
      });
    } catch (error) {
      // Forgotten, so that the next request tries again.
      loaded.delete(name);
      throw error;
    }
  };

  const loadNeighbours = async (file: ManifestFile): Promise<Neighbours> => {
    try {
      return await fetched('second-reader', [file], ([content = NONE]) =>
        createNeighbours(readSafetensors(content, file.file), file.file),
      );
    } catch (error) {
      neighbours = undefined;
      throw error;
    }
  };

  const network = (name: NetworkName): Promise<Network> => {
    const known = loaded.get(name);
    if (known !== undefined) return known;
    const loading = load(name);
    loaded.set(name, loading);
    return loading;
  };

  const openNeighbours = async (): Promise<Neighbours | undefined> => {
    const file = manifest.networks['second-reader'].neighbours;
    if (file === undefined) return undefined;
    neighbours ??= loadNeighbours(file);
    return neighbours;
  };

  const { calibration } = manifest;
  return {
    manifest,
    encoder: async () => createEncoder(await network('encoder')),
    decoder: async () => createDecoder(await network('decoder')),
    anatomist: async () => createAnatomist(await network('anatomist'), calibration.anatomist.frontal),
    reader: async () => createReader(await network('reader'), calibration.reader),
    secondReader: async () => createReader(await network('second-reader'), calibration['second-reader']),
    denoiser: async () => createDenoiser(await network('denoiser')),
    healthyTwin: async () => createHealthyTwin(await network('healthy-twin')),
    pathology: async () => createPathology(await network('pathology')),
    recomposer: async () => createRecomposer(await network('recomposer')),
    neighbours: openNeighbours,
    async warm() {
      for (const name of EDIT_NETWORKS) {
        if (disposed) return;
        await network(name).catch(() => undefined);
      }
      if (!disposed) await openNeighbours().catch(() => undefined);
    },
    versions: () => Object.fromEntries(NETWORK_NAMES.map((name) => [name, networkVersion(manifest.networks[name])])),
    dispose() {
      disposed = true;
      for (const each of loaded.values()) void each.then((ready) => ready.dispose()).catch(() => undefined);
      loaded.clear();
    },
  };
}

function parseJson(bytes: Uint8Array, name: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (cause) {
    throw new ManifestInvalidError(`${name} is not JSON`, { cause });
  }
}
