/** Node only: finds and reads the networks in models/. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseGraph } from '../graph/parse';
import { readSafetensors, readSafetensorsMetadata } from '../safetensors';
import type { GoldenCase } from './operator-cases';
import { outputTolerance } from './tolerances';

export const MODELS = resolve(import.meta.dirname, '../../../models');

/** Folders of models/ that hold a graph. */
export function modelNames(models = MODELS): string[] {
  if (!existsSync(models)) return [];
  return readdirSync(models)
    .filter((name) => !name.startsWith('.') && existsSync(join(models, name, 'graph.json')))
    .sort();
}

/** Names under "networks" of manifest.json; none where there is no manifest. */
export function manifestNetworks(models = MODELS): { name: string; folder: string; goldens: string }[] {
  const file = join(models, 'manifest.json');
  if (!existsSync(file)) return [];
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as {
    networks: Record<string, { folder: string; goldens?: { file: string } }>;
  };
  return Object.entries(manifest.networks).map(([name, { folder, goldens }]) => ({
    name,
    folder,
    goldens: join(models, folder, goldens?.file ?? 'goldens.safetensors'),
  }));
}

export function readModel(name: string, models = MODELS): GoldenCase {
  const read = (file: string) => readFileSync(join(models, name, file));
  return {
    graph: parseGraph(JSON.parse(read('graph.json').toString('utf8'))),
    weights: readSafetensors(read('weights.safetensors'), `${name}/weights.safetensors`),
    goldens: readSafetensors(read('goldens.safetensors'), `${name}/goldens.safetensors`),
  };
}

/** Allowed difference by output name, as far as the goldens record it; see tolerances.ts. */
export function modelTolerance(name: string, models = MODELS): (output: string) => number {
  const metadata = readSafetensorsMetadata(readFileSync(join(models, name, 'goldens.safetensors')));
  return (output) => outputTolerance(metadata, output);
}
