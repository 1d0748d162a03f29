/**
 * Findings drawn on films of the training split, with what was drawn where and how severe: the examples of the tail that the
 * denoiser learns from (`training drawings`, blueprint, Method 9). Each film is enlarged to its native proportions, since a
 * sketch is drawn in millimetres; the change comes back to the 256 pixels that the networks see.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import Papa from 'papaparse';
import { SketchImpossibleError } from '../src/counterfactual/errors';
import { chestOf } from '../src/counterfactual/sketch/chest';
import { densityOf, withDensityChange, type DensityImage } from '../src/counterfactual/sketch/density';
import { sketcherOf } from '../src/counterfactual/sketch/registry';
import type { Sketch, Sketcher } from '../src/counterfactual/sketch/sketch';
import { createWasmExecutor } from '../src/engine/wasm/executor';
import { readModel } from '../src/engine/testing/model-files';
import { usualPlaces, knowledgeOf } from '../src/findings/knowledge';
import { FINDINGS, type Finding, type Place } from '../src/findings/vocabulary';
import { decodeJpeg } from '../src/imaging/jpeg';
import { encodePng } from '../src/imaging/png';
import type { Radiograph } from '../src/imaging/radiograph';
import { resizeArea, resizeBicubic, toNetworkGrid } from '../src/imaging/resample';
import { createAnatomist, type Anatomist } from '../src/networks/typed';
import { picked, uniform } from './seeded';

type Row = Readonly<Record<string, string>>;

/** Of what is drawn, so much on films of each source; children's films are left alone, as the sketches are adults'. */
const SOURCES = [
  ['siim', 0.5],
  ['nih', 0.35],
  ['jsrt', 0.08],
  ['hannover', 0.04],
  ['covid-chestxray', 0.03],
] as const;
/** How many of the films carry nothing that is known; the rest whatever they carry. */
const CLEAR = 0.7;
/** Films that exist at fewer pixels are blurred. */
const LEAST_NATIVE = 224;
/** The rarest source comes once in 33. */
const TRIES = 1000;
/** The longer side that is drawn at. */
const LONG_SIDE = 512;

/** Findings that are drawn: those with a sketch but opacity, of which there are thousands of real films. */
const DRAWN: readonly Finding[] = FINDINGS.filter(
  (finding) => finding !== 'lung_opacity' && finding !== 'pneumonia' && sketcherOf(finding) !== undefined,
);
/** These come on both sides, or in the middle. */
const WHOLE: ReadonlySet<Finding> = new Set<Finding>(['cardiomegaly', 'hernia', 'edema', 'emphysema', 'fibrosis']);
/** These take all of a side. */
const SIDED: ReadonlySet<Finding> = new Set<Finding>(['pneumothorax', 'pleural_thickening']);

/** Where a finding is drawn: its usual places, of one side where it is on one; of opacity-like ones some of its zones. */
function placesFor(finding: Finding, random: () => number): readonly Place[] {
  const places = usualPlaces(finding);
  if (WHOLE.has(finding)) return places;
  const side = random() < 0.5 ? 'right' : 'left';
  const own = places.filter((place) => place.startsWith(side));
  if (own.length === 0 || SIDED.has(finding)) return own.length === 0 ? places : own;
  if (knowledgeOf(finding).opacityLike && random() < 0.4) return own;
  return [picked(own, random)];
}

function isClear(row: Row): boolean {
  return row['no_finding'] === '1' || row['siim_appearance'] === 'negative' || row['lung_opacity'] === '0';
}

interface Enlarged {
  readonly film: Radiograph;
  readonly image: DensityImage;
}

/** The film's densities in its native proportions. */
function enlarged(film: Radiograph, row: Row): Enlarged {
  const [w, h] = [Number(row['native_w']), Number(row['native_h'])];
  const scale = LONG_SIDE / Math.max(w, h);
  const [width, height] = [Math.round(w * scale), Math.round(h * scale)];
  const small = densityOf(film);
  const values = resizeBicubic(small.values, film.width, film.height, width, height);
  return { film, image: { ...small, width, height, values } };
}

/** What a sketch changes, back on the film as it came. */
function onFilm({ film, image }: Enlarged, { box, change }: Sketch): Radiograph {
  const whole = new Float32Array(image.width * image.height);
  for (let row = 0; row < box.height; row++)
    whole.set(change.subarray(row * box.width, (row + 1) * box.width), (box.y + row) * image.width + box.x);
  const { width, height } = film;
  const small = resizeArea(whole, image.width, image.height, width, height);
  return { ...film, pixels: withDensityChange(film, small, { x: 0, y: 0, width, height }).pixels };
}

interface Drawn {
  readonly film: Radiograph;
  readonly places: readonly Place[];
  readonly severity: number;
  readonly seed: number;
}

async function drawnOn(
  path: string,
  row: Row,
  sketcher: Sketcher,
  anatomist: Anatomist,
  random: () => number,
): Promise<Drawn | undefined> {
  const film = decodeJpeg(new Uint8Array(readFileSync(path)), basename(path));
  const whole = enlarged(film, row);
  const { probabilities } = await anatomist.locate(toNetworkGrid(film));
  const { width, height } = whole.image;
  const chest = chestOf({ probabilities, width, height, pixelSpacing: undefined });
  const places = placesFor(sketcher.finding, random);
  const severity = 0.6 + 2.4 * random();
  const seed = Math.floor(random() * 2 ** 31);
  const options = Object.fromEntries(sketcher.options.map(({ name, choices }) => [name, optionOf(choices, random)]));
  if (chest === undefined) return undefined;
  try {
    const request = { finding: sketcher.finding, places, severity, seed, options };
    const sketch = sketcher.draw({ image: whole.image, chest }, request);
    return { film: onFilm(whole, sketch), places, severity, seed };
  } catch (error) {
    if (!(error instanceof SketchImpossibleError)) throw error;
    return undefined;
  }
}

/** The usual variant mostly. */
function optionOf(choices: readonly string[], random: () => number): string {
  return random() < 0.7 ? (choices[0] as string) : picked(choices, random);
}

/** @returns the exit status */
export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      data: { type: 'string' },
      out: { type: 'string' },
      count: { type: 'string', default: '200' },
      split: { type: 'string', default: 'train' },
      findings: { type: 'string', default: DRAWN.join(',') },
      seed: { type: 'string', default: '1' },
    },
  });
  const { data, out, split } = values;
  const [count, seed] = [Number(values.count), Number(values.seed)];
  const named = values.findings.split(',');
  const findings = DRAWN.filter((finding) => named.includes(finding));
  if (
    data === undefined ||
    out === undefined ||
    !Number.isInteger(count) ||
    count < 1 ||
    !Number.isInteger(seed) ||
    findings.length < named.length
  ) {
    console.error(
      `Give --data (a folder with manifest.csv), --out (a folder to make), --count (films a finding), --split (train or val), --seed (a whole number) and --findings (of ${DRAWN.join(', ')}).`,
    );
    return 2;
  }
  const manifestFile = join(data, 'manifest.csv');
  if (!existsSync(manifestFile)) {
    console.error(`There is no ${manifestFile}: give --data the folder that holds the films and their manifest.`);
    return 1;
  }
  const manifest = readFileSync(manifestFile, 'utf8');
  const rows = Papa.parse<Row>(manifest, { header: true, skipEmptyLines: true }).data.filter(
    (row) => row['split'] === split && row['age'] !== 'paediatric' && Number(row['native_w']) >= LEAST_NATIVE,
  );
  if (!rows.some((row) => SOURCES.some(([source]) => source === row['source']))) {
    console.error(
      `No film of ${manifestFile} is of the split ${split} and of a source that is drawn on: give another --split.`,
    );
    return 1;
  }
  const random = uniform(seed);
  const executor = await createWasmExecutor();
  const { graph, weights } = readModel('anatomist');
  const anatomist = createAnatomist(await executor.load(graph, weights));
  mkdirSync(join(out, 'images'), { recursive: true });
  const table: (string | number)[][] = [];
  for (const finding of findings) {
    const sketcher = sketcherOf(finding) as Sketcher;
    let [made, refused] = [0, 0];
    while (made < count) {
      const row = filmFor(finding, rows, random);
      const drawn = await drawnOn(join(data, row['path'] as string), row, sketcher, anatomist, random);
      if (drawn === undefined) {
        if (++refused > 10 * count) throw new Error(`${finding} could be drawn on ${String(made)} films only.`);
        continue;
      }
      const path = `images/${finding}-${String(made++).padStart(4, '0')}.png`;
      writeFileSync(join(out, path), encodePng(drawn.film, {}));
      const { places, severity, seed } = drawn;
      table.push([path, row['path'] as string, finding, places.join(' '), severity.toFixed(4), seed]);
    }
    console.log(`${finding}: ${String(made)} drawn, ${String(refused)} films refused`);
  }
  const header = ['path', 'film', 'finding', 'places', 'severity', 'seed'];
  writeFileSync(join(out, 'drawings.csv'), Papa.unparse([header, ...table]));
  await executor.dispose();
  return 0;
}

/** A film that is not known to carry the finding; most are clear. @throws Error where hardly any is there */
function filmFor(finding: Finding, rows: readonly Row[], random: () => number): Row {
  for (let tried = 0; tried < TRIES; tried++) {
    const source = sourceAt(random());
    const clear = random() < CLEAR;
    const films = rows.filter((row) => row['source'] === source && row[finding] !== '1' && (!clear || isClear(row)));
    if (films.length > 0) return picked(films, random);
  }
  throw new Error(`There is no film without ${finding} to draw on: give other --findings or another --split.`);
}

/** @param at in [0, 1) */
function sourceAt(at: number): string {
  let left = at;
  for (const [source, share] of SOURCES) {
    left -= share;
    if (left < 0) return source;
  }
  return SOURCES[0][0];
}
