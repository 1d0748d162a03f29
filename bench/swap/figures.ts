/** What a list of swaps comes to, with 95 % intervals by drawing pairs again. Pure. */

import { uniform } from '../seeded';

/** One recipient with one donor's opacity. */
export interface Swap {
  /** Severity of each zone by the second reader: recipient, donor, result. */
  readonly before: readonly number[];
  readonly donor: readonly number[];
  readonly after: readonly number[];
  /** By the first reader, whose grades a swap asks for: donor, and recipient. */
  readonly asked: readonly number[];
  readonly recipientRead: readonly number[];
  /** Change from the recipient's healthy twin, in the lungs' own coordinates. */
  readonly change: readonly number[];
  /** The donor's own change from its healthy twin, in the same. */
  readonly pathology: readonly number[];
  readonly lungs: number;
  readonly heart: number;
}

export interface Figures {
  /** Correlation of all zones' grades with the donor's. */
  readonly zones: number;
  /** … with the recipient's own, as it was. */
  readonly kept: number;
  /** Of zones on which recipient and donor differed: shares that are as the donor's now. */
  readonly opaque: number;
  readonly clear: number;
  /** The same of zones that the first reader grades just as was asked, by how the second reader grades real zones of that grade. */
  readonly opaqueAtMost: number;
  readonly clearAtMost: number;
  /** Share of swaps whose own donor's pathology is more like the change than that of any of 63 others, and mean correlation with it and the others'. */
  readonly found: number;
  readonly own: number;
  readonly others: number;
  readonly lungs: number;
  readonly heart: number;
}

export interface Measured {
  readonly swaps: number;
  readonly figures: Figures;
  readonly low: Figures;
  readonly high: Figures;
}

/** What one swap adds to the figures. */
interface Part extends Pick<Swap, 'before' | 'donor' | 'after' | 'lungs' | 'heart'> {
  /** 1 for each zone that had to become so and did, else 0. */
  readonly opaque: readonly number[];
  readonly clear: readonly number[];
  /** Of the same zones, the chance that the second reader would say so of a real one with the grade that was asked. */
  readonly opaqueAtMost: readonly number[];
  readonly clearAtMost: readonly number[];
  readonly found: number;
  readonly own: number;
  readonly others: number;
}

const AMONG = 64;
const DRAWS = 2000;

/** @param from severity from which a zone counts as opaque */
export function figuresOf(swaps: readonly Swap[], from: number): Measured {
  const parts = partsOf(swaps, from);
  const random = uniform(1);
  const draws = Array.from({ length: DRAWS }, () =>
    total(parts.map(() => parts[Math.floor(random() * parts.length)] as Part)),
  );
  const figures = total(parts);
  const at = (share: number): Figures =>
    Object.fromEntries(
      (Object.keys(figures) as (keyof Figures)[]).map((key) => {
        const values = draws
          .map((draw) => draw[key])
          .filter((value) => !Number.isNaN(value))
          .sort((a, b) => a - b);
        return [key, values[Math.round(share * (values.length - 1))] ?? Number.NaN];
      }),
    ) as unknown as Figures;
  return { swaps: swaps.length, figures, low: at(0.025), high: at(0.975) };
}

function partsOf(swaps: readonly Swap[], from: number): Part[] {
  const agrees = agreement(swaps, from);
  return swaps.map((swap, index) => {
    const { before, donor, after, asked } = swap;
    const of = (opaque: boolean, told: (zone: number) => number): number[] =>
      donor.flatMap((there, zone) =>
        there >= from !== opaque || (before[zone] ?? 0) >= from === opaque ? [] : [told(zone)],
      );
    const came = (opaque: boolean): number[] => of(opaque, (zone) => Number((after[zone] ?? 0) >= from === opaque));
    const likeness = swaps.map(({ pathology }) => correlation(swap.change, pathology));
    const own = likeness[index] ?? 0;
    const others = likeness.filter((_, at) => at !== index);
    const better = others.filter((value) => value >= own).length;
    return {
      ...swap,
      opaque: came(true),
      clear: came(false),
      opaqueAtMost: of(true, (zone) => agrees(asked[zone] ?? 0)),
      clearAtMost: of(false, (zone) => 1 - agrees(asked[zone] ?? 0)),
      found: noneAmong(better, others.length, Math.min(AMONG - 1, others.length)),
      own,
      others: mean(others),
    };
  });
}

/** Grades nearer than this count as one, in severities: standard deviation of a Gaussian. */
const NEAR = 0.15;

/**
 * How often the second reader calls a real zone opaque that the first grades so: no swap that is asked for by the first reader's
 * grades can be expected to do better by the second's.
 */
function agreement(swaps: readonly Swap[], from: number): (grade: number) => number {
  const real = swaps.flatMap(({ before, donor, asked, recipientRead }) =>
    [...before.map((judged, zone) => [recipientRead[zone] ?? 0, judged] as const)].concat(
      donor.map((judged, zone) => [asked[zone] ?? 0, judged] as const),
    ),
  );
  return (grade) => {
    let [sum, opaque] = [0, 0];
    for (const [read, judged] of real) {
      const weight = Math.exp(-(((read - grade) / NEAR) ** 2) / 2);
      sum += weight;
      if (judged >= from) opaque += weight;
    }
    return opaque / sum;
  };
}

function total(parts: readonly Part[]): Figures {
  const after = parts.flatMap((part) => part.after);
  return {
    zones: correlation(
      after,
      parts.flatMap(({ donor }) => donor),
    ),
    kept: correlation(
      after,
      parts.flatMap(({ before }) => before),
    ),
    opaque: mean(parts.flatMap(({ opaque }) => opaque)),
    clear: mean(parts.flatMap(({ clear }) => clear)),
    opaqueAtMost: mean(parts.flatMap(({ opaqueAtMost }) => opaqueAtMost)),
    clearAtMost: mean(parts.flatMap(({ clearAtMost }) => clearAtMost)),
    found: mean(parts.map(({ found }) => found)),
    own: mean(parts.map(({ own }) => own)),
    others: mean(parts.map(({ others }) => others)),
    lungs: mean(parts.map(({ lungs }) => lungs)),
    heart: mean(parts.map(({ heart }) => heart)),
  };
}

/** Chance that `drawn` of `all` hold none of the `better` ones. */
export function noneAmong(better: number, all: number, drawn: number): number {
  let chance = 1;
  for (let one = 0; one < better; one++) chance *= Math.max(0, all - drawn - one) / (all - one);
  return chance;
}

/** 0 where one of them does not vary. */
export function correlation(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [mean(one), mean(other)];
  let [both, ofOne, ofOther] = [0, 0, 0];
  one.forEach((value, at) => {
    const [x, y] = [value - a, (other[at] ?? 0) - b];
    [both, ofOne, ofOther] = [both + x * y, ofOne + x * x, ofOther + y * y];
  });
  return ofOne === 0 || ofOther === 0 ? 0 : both / Math.sqrt(ofOne * ofOther);
}

/** NaN of nothing. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
