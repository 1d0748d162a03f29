/** The chosen pairs drawn: pictures to judge, a table to fill in, and the key apart from both. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SketchImpossibleError } from '../../src/counterfactual/errors';
import { chestOf } from '../../src/counterfactual/sketch/chest';
import { densityOf, withDensityChange } from '../../src/counterfactual/sketch/density';
import { drawnUnderMetal } from '../../src/counterfactual/sketch/drawFinding';
import { withFilmGrain } from '../../src/counterfactual/sketch/filmGrain';
import { sketcherOf } from '../../src/counterfactual/sketch/registry';
import type { SketchRequest } from '../../src/counterfactual/sketch/sketch';
import { randomOf, shuffled } from '../../src/dataset/plan/random';
import { createWasmExecutor } from '../../src/engine/wasm/executor';
import { readModel } from '../../src/engine/testing/model-files';
import { FINDINGS, PLACES } from '../../src/findings/vocabulary';
import { toNetworkGrid } from '../../src/imaging/resample';
import { createAnatomist } from '../../src/networks/typed';
import { cropped, openFilm, pictureOf, pngOf, scaled, tiled, type Picture } from './film';

const SHOWN = 768;

const box = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const choiceSchema = z.array(
  z.object({
    finding: z.enum(FINDINGS),
    /** Paths within the data folder. */
    real: z.string(),
    onto: z.string(),
    places: z.array(z.enum(PLACES)),
    severity: z.number().default(2),
    amount: z.number().optional(),
    at: z.object({ x: z.number(), y: z.number() }).optional(),
    options: z.record(z.string(), z.string()).default({}),
    /** What is shown, as shares of each film; absent: all of it. */
    crop: box.optional(),
  }),
);

export interface KeyRow {
  readonly pair: number;
  readonly finding: string;
  readonly drawn: 'left' | 'right';
  readonly real: string;
  readonly onto: string;
}

interface Asked {
  readonly data: string;
  readonly choice: string;
  readonly out: string;
  readonly seed: number;
}

/** @returns the exit status */
export async function sheet({ data, choice, out, seed }: Asked): Promise<number> {
  const chosen = choiceSchema.parse(JSON.parse(readFileSync(choice, 'utf8')));
  const executor = await createWasmExecutor();
  const { graph, weights } = readModel('anatomist');
  const anatomist = createAnatomist(await executor.load(graph, weights));
  const random = randomOf(seed);
  // As many left as right, so that always answering one side finds out half.
  const sides = shuffled(
    chosen.map((_, at) => (at % 2 === 0 ? ('left' as const) : ('right' as const))),
    random,
  );
  const key: KeyRow[] = [];
  let refused = 0;
  for (const { finding, real, onto, crop, ...request } of shuffled(chosen, random)) {
    const film = await openFilm(data, onto);
    const { width, height, pixelSpacing } = film;
    const { probabilities } = await anatomist.locate(toNetworkGrid(film));
    const chest = chestOf({ probabilities, width, height, pixelSpacing });
    const sketcher = sketcherOf(finding);
    if (chest === undefined || sketcher === undefined) {
      console.error(`${onto}: no lungs were found in it, or ${finding} has no sketch. Choose another film.`);
      return 1;
    }
    const { severity, places, options, amount, at: centre } = request;
    const asked: SketchRequest = {
      finding,
      severity,
      places,
      options,
      seed: 1 + Math.floor(random() * 99_999),
      ...(amount === undefined ? {} : { amount }),
      ...(centre === undefined ? {} : { at: centre }),
    };
    const image = densityOf(film);
    const drawn = tried(() =>
      drawnUnderMetal({ image, chest }, asked, (context) =>
        withFilmGrain(context.image, chest, sketcher.draw(context, asked)),
      ),
    );
    if (drawn instanceof SketchImpossibleError) {
      refused++;
      console.error(`${finding} on ${onto}: ${drawn.message} ${drawn.advice} The pair is left out.`);
      continue;
    }
    const { change, box: drawnIn } = drawn;
    const shown = (picture: Picture): Picture => scaled(crop === undefined ? picture : cropped(picture, crop), SHOWN);
    const made = shown(pictureOf({ ...film, pixels: withDensityChange(film, change, drawnIn).pixels }));
    const other = shown(pictureOf(await openFilm(data, real)));
    const side = sides[key.length] ?? 'left';
    const number = String(key.length + 1).padStart(2, '0');
    const pair = tiled(side === 'left' ? [made, other] : [other, made], 2);
    mkdirSync(join(out, 'made', finding), { recursive: true });
    mkdirSync(join(out, 'real', finding), { recursive: true });
    writeFileSync(join(out, `pair-${number}.png`), pngOf(pair, film));
    writeFileSync(join(out, 'made', finding, `${number}.png`), pngOf(made, film));
    writeFileSync(join(out, 'real', finding, `${number}.png`), pngOf(other, film));
    key.push({ pair: key.length + 1, finding, drawn: side, real, onto });
  }
  const questions = key.map(({ pair, finding }) => `${String(pair)},${finding},,,`);
  writeFileSync(join(out, 'answers.csv'), ['pair,finding,drawn,sure,tell', ...questions, ''].join('\n'));
  writeFileSync(join(out, 'key.json'), JSON.stringify(key, undefined, 1));
  await executor.dispose();
  console.log(`${String(key.length)} pairs, ${String(refused)} left out`);
  return 0;
}

/** What it gives, or why it cannot. */
function tried<T>(make: () => T): T | SketchImpossibleError {
  try {
    return make();
  } catch (error) {
    if (error instanceof SketchImpossibleError) return error;
    throw error;
  }
}
