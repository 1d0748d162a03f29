/** What was drawn of a finding, in its own numbers: the first thing that the receipt's line about it says. */

import { amountText } from '../../findings/amountWords';
import { isGradedAlone } from '../../findings/drawn';
import { DONOR_TIMES } from '../../findings/pathology';
import type { Finding, Place } from '../../findings/vocabulary';
import * as say from '../../messages/en/receipt';
import { fixed, percent } from '../../messages/numbers';
import * as units from '../../messages/en/units';
import type { CounterfactualFacts } from '../edit';
import { fromTo, type Figure } from './line';

/** None: it was sampled. */
export function drawnFigures(
  { recipe, figures = [], measures }: CounterfactualFacts,
  finding: Finding,
): readonly Figure[] {
  const drawn = (recipe.drawn ?? []).flatMap((each, index) =>
    each.finding === finding ? [{ ...each, used: figures[index] }] : [],
  );
  const about = measures?.scale === 'average';
  const asked = drawn.flatMap(({ amount, unit, used, remove, pathology, taken, options }): readonly Figure[] => {
    const stood = contrastsOf(used);
    if (remove === true && stood !== undefined) return [{ label: say.standsOut(), value: fromTo(...stood) }];
    const covered = used?.['takenCm2'];
    if (remove === true && covered !== undefined) {
      const area = units.squareCentimetres({ value: Math.round(covered) });
      return [
        { label: say.takenAway(), value: about ? units.about({ amount: area }) : area },
        ...(amount > 0 ? [{ label: say.leftAtMost(), value: amountText(amount, unit) }] : []),
      ];
    }
    // All of them in one line.
    if (taken !== undefined) return [];
    // Nobody measured an amount of it.
    if (pathology !== undefined || isGradedAlone(finding, options)) return [];
    const reached = used?.['amount'];
    const told = (value: number): string => amountText(value, unit, about && unit === 'mm');
    // What there was no room for is told; what is to go may be less than the most that might be left.
    const isShort =
      reached !== undefined &&
      !(remove === true && reached < amount) &&
      Math.abs(reached - amount) > 0.02 * Math.abs(amount);
    return [
      { label: say.drawnAmount(), value: told(reached ?? amount) },
      ...(used?.['lesions'] === undefined ? [] : [{ label: say.drawnNumber(), value: fixed(used['lesions'], 0) }]),
      ...(isShort ? [{ label: say.askedAmount(), value: amountText(amount, unit) }] : []),
      ...(measures?.drawn === undefined ? [] : [{ label: say.measuredAmount(), value: told(measures.drawn) }]),
    ];
  });
  const ratio = measures?.cardiothoracicRatio;
  const measured =
    finding === 'cardiomegaly' && ratio !== undefined
      ? [
          {
            label: say.measuredRatio(),
            value: units.fromTo({ from: fixed(ratio.before, 2), to: fixed(ratio.after, 2) }),
          },
        ]
      : [];
  const back = drawn.flatMap(({ taken, used }) => (taken === undefined ? [] : [used]));
  return [...donorTimes(drawn.map(({ used }) => used)), ...givenBack(back), ...asked, ...measured];
}

/** Of what was taken, the least and the greatest share that a zone has again. */
function givenBack(figures: readonly (Readonly<Record<string, number>> | undefined)[]): readonly Figure[] {
  const shares = figures.flatMap((used) => [used?.['amount'] ?? 1, used?.['most'] ?? used?.['amount'] ?? 1]);
  if (shares.length === 0) return [];
  const [from, to] = [percent(Math.min(...shares)), percent(Math.max(...shares))];
  return [{ label: say.givenBack(), value: from === to ? from : units.fromTo({ from, to }) }];
}

/** By how much a donor's opacity was scaled, the least and the most of all places. */
function donorTimes(figures: readonly (Readonly<Record<string, number>> | undefined)[]): readonly Figure[] {
  const times = figures.flatMap((used) =>
    Object.entries(used ?? {}).flatMap(([name, value]) => (name.startsWith(DONOR_TIMES) ? [value] : [])),
  );
  if (times.length === 0) return [];
  const [from, to] = [fixed(Math.min(...times), 1), fixed(Math.max(...times), 1)];
  return [{ label: say.donorTimes(), value: from === to ? from : units.fromTo({ from, to }) }];
}

/**
 * The heart as wide as asked, or as narrow where it was drawn back, within three hundredths: by the anatomist, which had no part in
 * drawing it, or else, of one that grew, by densities against the film before, as the anatomist follows large hearts only in part.
 */
export function reachedRatio({ recipe, measures }: CounterfactualFacts): 'anatomist' | 'densities' | 'no' | undefined {
  const asked = recipe.drawn?.find(({ finding }) => finding === 'cardiomegaly');
  const ratio = measures?.cardiothoracicRatio?.after;
  if (asked === undefined || ratio === undefined) return undefined;
  const isNear = (value: number): boolean => Math.abs(value - asked.amount) <= RATIO_WITHIN;
  if (asked.remove === true) return ratio - asked.amount <= RATIO_WITHIN ? 'anatomist' : 'no';
  if (isNear(ratio)) return 'anatomist';
  return measures?.drawn !== undefined && isNear(measures.drawn) ? 'densities' : 'no';
}

/** Where a chest had no room for what was asked: what was reached, and why no more. */
export function noRoomFor({ recipe, figures = [] }: CounterfactualFacts, finding: Finding): string | undefined {
  const index = recipe.drawn?.findIndex((each) => each.finding === finding && each.remove !== true) ?? -1;
  const [drawn, reached] = [recipe.drawn?.[index], figures[index]?.['amount']];
  const words =
    finding === 'cardiomegaly' ? say.heartHasNoRoom : finding === 'pneumothorax' ? say.airHasNoRoom : undefined;
  if (drawn === undefined || reached === undefined || words === undefined) return undefined;
  if (reached >= drawn.amount - NO_ROOM[drawn.unit] * (drawn.unit === 'ratio' ? 1 : drawn.amount)) return undefined;
  return words({ reached: amountText(reached, drawn.unit), asked: amountText(drawn.amount, drawn.unit) });
}

/** So much less than was asked is told: hundredths of a ratio, a share of anything else. */
const NO_ROOM = { ratio: 0.01, mm: 0.05, share: 0.05 } as const;

const RATIO_WITHIN = 0.03;

/**
 * Little fluid was drawn on one side, and its level measured on the film, by its densities alone, is what was asked: a fifth or 3 %
 * of the lung's height apart at most, and half of it at the least. Of two sides the mean is known alone, which hides one that failed.
 */
export function reachedLittleFluid({ recipe, measures }: CounterfactualFacts): boolean {
  const [asked, ...others] = recipe.drawn?.filter(({ finding }) => finding === 'effusion') ?? [];
  const level = measures?.drawn;
  if (asked === undefined || others.length > 0 || level === undefined) return false;
  if (asked.remove === true || asked.amount > LITTLE_FLUID || isOnBothSides(asked.places)) return false;
  return level >= asked.amount / 2 && Math.abs(level - asked.amount) <= Math.max(0.03, 0.2 * asked.amount);
}

function isOnBothSides(places: readonly Place[]): boolean {
  return ['right', 'left'].every((side) => places.some((place) => place.startsWith(side)));
}

/** Share of the lung's height: a mild effusion and less, of which the second reader called one of eight that were drawn (docs/evaluation.md). */
const LITTLE_FLUID = 0.2;

/** What was drawn away, by how much denser it was and is than what surrounds it; undefined: nothing was, or it is not told by that. */
export function wentByContrast(
  { recipe, figures = [] }: CounterfactualFacts,
  finding: Finding,
): 'gone' | 'left' | 'hollow' | 'unclear' | undefined {
  const index = recipe.drawn?.findIndex((each) => each.finding === finding && each.remove === true) ?? -1;
  const stood = contrastsOf(figures[index]);
  if (stood === undefined) return undefined;
  const [before, after] = stood;
  if (before < LEAST_CONTRAST) return 'unclear';
  if (Math.abs(after) <= LEFT * before) return 'gone';
  return after > 0 ? 'left' : 'hollow';
}

function contrastsOf(used: Readonly<Record<string, number>> | undefined): readonly [number, number] | undefined {
  const { contrastBefore, contrastAfter } = used ?? {};
  return contrastBefore === undefined || contrastAfter === undefined ? undefined : [contrastBefore, contrastAfter];
}

/** Shares of the window: what stands out less was hardly there. */
const LEAST_CONTRAST = 0.02;
/** Of the contrast there was: so much may be left of what is gone, as lung is no even grey. */
const LEFT = 0.35;
