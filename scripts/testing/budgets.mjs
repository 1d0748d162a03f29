import { readFile, readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { SetupError } from '../setup/setup-error.mjs';

/** @typedef {{ name: string, bytes: number, budget: number, files: number }} Weight in bytes of 1000 to the kilobyte */

const CODE_BUDGET = 745_000;
const NETWORK_BUDGET = 40_000_000;
const CODEC_BUDGET = 200_000;
/** Fetched when a file needs it, and few do: decoders of other people (script and WebAssembly), rare formats, results that come back, archives, boxes over text, and what is asked for rarely: details of a film, diagnostics. */
const CODEC =
  /^(?:openjpeg|charls)wasm_decode|^(?:tiff|by-browser|palette|restoreResults|ArchiveDialog|SendDialog|CoverDialog|DetailsDialog|DiagnosticsDialog|useArchive|archive)-[\w-]+\.(?:js|css)$/;
const MODEL_RUNTIME_BUDGET = 4_000_000;
/** llama.cpp, fetched when a user chooses a language model's file. */
const MODEL_RUNTIME = /^(?:languageModelWorker|wllama)-.*\.(?:js|wasm)$/;

/**
 * What a visitor downloads, in the sums that have a budget: the app's own code (HTML, scripts and styles, gzipped;
 * WebAssembly, weights and fonts apart), the networks (graphs, weights and features of training images as they are), and
 * what rare files need (gzipped): decoders of compressed DICOM files, TIFF, WebP and BMP, palettes, results that are dropped back,
 * archives, the dialogs that cover text, show details and diagnose, and the runtime of language models.
 * @param {string} dist
 * @returns {Promise<Weight[]>}
 * @throws {SetupError} 'build-failed'
 */
export async function weighBuild(dist) {
  const entries = await readdir(dist, { recursive: true, withFileTypes: true }).catch(() => undefined);
  if (!entries) throw new SetupError('build-failed', `There is no build in ${dist}.`, 'Make one with npm run build.');
  const code = { name: 'app code, gzipped', bytes: 0, budget: CODE_BUDGET, files: 0 };
  const networks = { name: 'networks', bytes: 0, budget: NETWORK_BUDGET, files: 0 };
  const codecs = { name: 'for rare files, gzipped', bytes: 0, budget: CODEC_BUDGET, files: 0 };
  const runtime = { name: 'language model runtime, gzipped', bytes: 0, budget: MODEL_RUNTIME_BUDGET, files: 0 };
  const gzipped = async (/** @type {string} */ file) =>
    (await promisify(gzip)(await readFile(file), { level: 9 })).byteLength;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const [top] = relative(dist, file).split(sep);
    if (top === 'models' && /^(?:graph\.json|weights\.safetensors|neighbours\.safetensors)$/.test(entry.name)) {
      networks.bytes += (await stat(file)).size;
      networks.files += 1;
    } else if (CODEC.test(entry.name)) {
      codecs.bytes += await gzipped(file);
      codecs.files += 1;
    } else if (MODEL_RUNTIME.test(entry.name)) {
      runtime.bytes += await gzipped(file);
      runtime.files += 1;
    } else if (top !== 'models' && /\.(?:html|js|css)$/.test(entry.name)) {
      code.bytes += await gzipped(file);
      code.files += 1;
    }
  }
  return [code, networks, codecs, runtime];
}

/** @param {readonly Weight[]} weights */
export function describeBudgets(weights) {
  return weights
    .map(({ name, bytes, budget, files }) => {
      const verdict = bytes > budget ? 'OVER' : 'ok';
      return `${verdict.padEnd(4)} ${name}: ${(bytes / 1000).toFixed(1)} kB of ${String(budget / 1000)} kB in ${String(files)} files`;
    })
    .join('\n');
}
