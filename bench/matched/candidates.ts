/** Real films with a finding, and beside each the films without it that look most alike around the lungs. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { randomOf, shuffled } from '../../src/dataset/plan/random';
import { manifestOf, openFilm, pictureOf, pngOf, scaled, tiled, type Row } from './film';

/** What may be on a film that is drawn on: what a patient in bed has and what no drawing here is told by. */
const OTHERS = new Set(['infiltration', 'atelectasis', 'pleural_thickening', 'fibrosis']);
const LABELS = [
  'atelectasis',
  'cardiomegaly',
  'effusion',
  'infiltration',
  'mass',
  'nodule',
  'pneumonia',
  'pneumothorax',
  'consolidation',
  'edema',
  'emphysema',
  'fibrosis',
  'pleural_thickening',
  'hernia',
];
const LEAST_NATIVE = 1000;
const GRID = 32;
const ADULT = 18;

interface Asked {
  readonly data: string;
  readonly out: string;
  readonly source: string;
  readonly findings: readonly string[];
  readonly real: number;
  readonly near: number;
  readonly leaveOut: string | undefined;
  readonly seed: number;
}

/** @returns the exit status */
export async function candidates(asked: Asked): Promise<number> {
  const { data, out, source, findings, seed } = asked;
  const left = new Set(
    asked.leaveOut === undefined
      ? []
      : readFileSync(asked.leaveOut, 'utf8')
          .split(/\r?\n/)
          .map((line) => basename(line.trim())),
  );
  const rows = manifestOf(data).filter(
    (row) =>
      row['source'] === source &&
      Number(row['native_w']) >= LEAST_NATIVE &&
      (row['age'] === '' || Number(row['age']) >= ADULT) &&
      !left.has(basename(row['path'] ?? '')),
  );
  mkdirSync(out, { recursive: true });
  const looks = new Map<string, Float32Array>();
  const lookOf = async (row: Row): Promise<Float32Array> => {
    const path = row['path'] ?? '';
    const look = looks.get(path) ?? scaled(pictureOf(await openFilm(data, path)), GRID).light;
    looks.set(path, look);
    return look;
  };
  const quiet = rows.filter((row) => LABELS.every((label) => row[label] !== '1' || OTHERS.has(label)));
  const random = randomOf(seed);
  const written: { finding: string; real: string; near: readonly string[] }[] = [];
  for (const finding of findings) {
    const patients = new Set<string>();
    for (const row of shuffled(
      rows.filter((each) => each[finding] === '1'),
      random,
    )) {
      if (patients.size >= asked.real || patients.has(row['patient'] ?? '')) continue;
      patients.add(row['patient'] ?? '');
      const look = await lookOf(row);
      const near: (readonly [number, Row])[] = [];
      for (const other of quiet) near.push([apart(look, await lookOf(other)), other]);
      near.sort(([one], [other]) => one - other);
      const chosen = near.slice(0, asked.near).map(([, each]) => each['path'] ?? '');
      const films = await Promise.all([row['path'] ?? '', ...chosen].map((path) => openFilm(data, path)));
      const name = `${finding}-${String(patients.size).padStart(2, '0')}`;
      const picture = tiled(
        films.map((film) => scaled(pictureOf(film), 256)),
        Math.ceil(films.length / 2),
      );
      const [first] = films;
      if (first !== undefined) writeFileSync(join(out, `${name}.png`), pngOf(picture, first));
      written.push({ finding, real: row['path'] ?? '', near: chosen });
    }
    console.log(`${finding}: ${String(patients.size)} real films`);
  }
  writeFileSync(join(out, 'candidates.json'), JSON.stringify(written, undefined, 1));
  return 0;
}

/** How differently two films look around the lungs, where the finding is not: collimation, shoulders, neck, abdomen, exposure. */
function apart(one: Float32Array, other: Float32Array): number {
  let sum = 0;
  for (let y = 0; y < GRID; y++)
    for (let x = 0; x < GRID; x++) {
      const isLung = x > 0.18 * GRID && x < 0.82 * GRID && y > 0.2 * GRID && y < 0.8 * GRID;
      const step = (one[y * GRID + x] ?? 0) - (other[y * GRID + x] ?? 0);
      sum += (isLung ? 0.1 : 1) * step * step;
    }
  return sum;
}
