/**
 * The findings that are drawn from what is known of them, as the request's controls and words know them: the quantity of each,
 * and its variants with the words that ask for them. Their sketchers (counterfactual/sketch) are held to this table by a test.
 */

import type { SketchAmount } from './amounts';
import type { Finding } from './vocabulary';

export interface DrawnChoice {
  readonly choice: string;
  /** What the edit line writes first, then what else it understands, in the normal form of `tokenise`. */
  readonly words: readonly [string, ...string[]];
}

export interface DrawnOption {
  readonly name: string;
  /** The usual one first: it is not written. */
  readonly choices: readonly [DrawnChoice, ...DrawnChoice[]];
}

export interface DrawnFindingKind {
  readonly amount: SketchAmount;
  readonly options: readonly DrawnOption[];
  /** It has a centre that can be placed. */
  readonly focal: boolean;
  /** Where it is to go it is found on the film and drawn away there, whatever the zones; absent: it is not. */
  readonly foundToGo?: true;
}

const choice = (name: string, ...words: readonly string[]): DrawnChoice => ({
  choice: name,
  words: [words[0] ?? name, ...words.slice(1)],
});

/** What nodules and masses share. */
const DENSITY: DrawnOption = {
  name: 'density',
  choices: [
    choice('solid', 'solid'),
    choice('part-solid', 'part solid', 'partsolid', 'subsolid'),
    choice('calcified', 'calcified', 'calcific'),
    choice('cavitating', 'cavitating', 'cavitary', 'cavitated', 'cavity'),
  ],
};
const FLUID: DrawnOption = {
  name: 'fluid',
  choices: [
    choice('none', 'without fluid level'),
    choice('level', 'with fluid level', 'with air fluid level', 'fluid level', 'air fluid level'),
  ],
};
const CONSPICUITY: DrawnOption = {
  name: 'conspicuity',
  choices: [
    choice('usual', 'of usual conspicuity'),
    choice('subtle', 'barely visible', 'hardly visible', 'inconspicuous'),
    choice('obvious', 'conspicuous', 'clearly visible', 'well seen'),
  ],
};
const NUMBER: DrawnOption = {
  name: 'number',
  choices: [
    choice('one', 'single', 'solitary'),
    choice('two', 'two', '2', 'a couple of', 'couple of'),
    choice('three', 'three', '3'),
    choice('several', 'several', 'multiple', 'a few', 'four', 'five', 'six', '4', '5', '6', '7', '8'),
    choice(
      'many',
      'many',
      'numerous',
      'innumerable',
      'countless',
      'miliary',
      ...Array.from({ length: 12 }, (_, at) => String(9 + at)),
    ),
  ],
};
const SMOOTH = choice('smooth', 'smooth', 'round', 'well defined', 'circumscribed');
const LOBULATED = choice('lobulated', 'lobulated');
const SPICULATED = choice('spiculated', 'spiculated', 'spicular', 'irregular');

const DRAWN: Readonly<Partial<Record<Finding, DrawnFindingKind>>> = {
  effusion: {
    amount: { unit: 'share', min: 0.03, max: 1, bySeverity: [0.05, 0.16, 0.4, 0.8] },
    options: [
      {
        name: 'kind',
        choices: [
          choice('free', 'free'),
          choice('subpulmonic', 'subpulmonic', 'infrapulmonary'),
          choice('layered', 'layering', 'layered', 'posterior layering', 'posteriorly layering'),
          choice('level', 'with air fluid level', 'with fluid level', 'air fluid level', 'fluid level'),
        ],
      },
    ],
    focal: false,
    foundToGo: true,
  },
  pneumothorax: {
    amount: { unit: 'mm', min: 4, max: 110, bySeverity: [7, 18, 45, 80] },
    options: [
      {
        name: 'tension',
        choices: [
          choice('no', 'simple', 'without tension', 'no tension', 'not under tension'),
          choice('yes', 'tension', 'with tension', 'under tension'),
        ],
      },
    ],
    focal: false,
  },
  nodule: {
    amount: { unit: 'mm', min: 5, max: 30, bySeverity: [6, 12, 20, 30] },
    options: [{ name: 'margin', choices: [SMOOTH, LOBULATED, SPICULATED] }, DENSITY, FLUID, CONSPICUITY, NUMBER],
    focal: true,
  },
  mass: {
    amount: { unit: 'mm', min: 30, max: 100, bySeverity: [31, 45, 65, 95] },
    options: [{ name: 'margin', choices: [LOBULATED, SMOOTH, SPICULATED] }, DENSITY, FLUID, CONSPICUITY, NUMBER],
    focal: true,
  },
  lung_opacity: {
    amount: { unit: 'share', min: 0.03, max: 0.64, bySeverity: [0.05, 0.18, 0.37, 0.6] },
    options: [
      {
        name: 'pattern',
        choices: [
          choice('patchy', 'patchy', 'multifocal'),
          choice('lobar', 'lobar'),
          choice('perihilar', 'perihilar pattern', 'perihilar', 'batwing', 'bat wing'),
          choice('peripheral', 'peripheral', 'peripherally'),
          choice('basal', 'basal pattern', 'basilar pattern'),
          choice('ground glass', 'ground glass', 'groundglass', 'ggo'),
        ],
      },
    ],
    focal: false,
  },
  consolidation: {
    amount: { unit: 'share', min: 0.06, max: 0.72, bySeverity: [0.09, 0.27, 0.47, 0.67] },
    options: [
      {
        name: 'bronchogram',
        choices: [
          choice('shown', 'with air bronchogram', 'air bronchogram'),
          choice('none', 'without air bronchogram', 'no air bronchogram'),
        ],
      },
    ],
    focal: false,
  },
  infiltration: {
    amount: { unit: 'share', min: 0.015, max: 0.3, bySeverity: [0.025, 0.07, 0.13, 0.22] },
    options: [],
    focal: false,
  },
  pneumonia: {
    amount: { unit: 'share', min: 0.035, max: 0.57, bySeverity: [0.05, 0.15, 0.29, 0.47] },
    options: [{ name: 'kind', choices: [choice('bronchopneumonia', 'bronchopneumonia'), choice('lobar', 'lobar')] }],
    focal: false,
  },
  edema: {
    amount: { unit: 'share', min: 0.01, max: 0.47, bySeverity: [0.025, 0.07, 0.19, 0.38] },
    options: [
      {
        name: 'pattern',
        choices: [choice('alveolar', 'alveolar'), choice('interstitial', 'interstitial', 'kerley', 'kerley b')],
      },
    ],
    focal: false,
  },
  cardiomegaly: {
    amount: { unit: 'ratio', min: 0.34, max: 0.72, bySeverity: [0.46, 0.53, 0.58, 0.63] },
    options: [],
    focal: false,
  },
  atelectasis: {
    amount: { unit: 'mm', min: 0.8, max: 4, bySeverity: [1, 1.5, 2.2, 3] },
    options: [
      {
        name: 'extent',
        choices: [
          choice('plate', 'platelike', 'plate like', 'plate', 'linear', 'discoid', 'bandlike'),
          choice('segment', 'segmental', 'segment'),
          choice('lobe', 'lobar', 'lobe collapse', 'collapse', 'collapsed', 'volume loss'),
        ],
      },
    ],
    focal: false,
  },
  pleural_thickening: {
    amount: { unit: 'mm', min: 1.5, max: 25, bySeverity: [2, 4, 8, 16] },
    options: [
      {
        name: 'kind',
        choices: [
          choice('by zone', 'usual kind'),
          choice('diffuse', 'diffuse kind'),
          choice('plaque', 'plaque', 'pleural plaque'),
          choice('apical', 'cap', 'apical cap'),
        ],
      },
      { name: 'calcified', choices: [choice('no', 'without calcium'), choice('yes', 'calcified', 'calcific')] },
      {
        name: 'volume',
        choices: [choice('lost', 'with volume loss', 'volume loss'), choice('kept', 'without volume loss')],
      },
    ],
    focal: false,
  },
  emphysema: {
    amount: { unit: 'share', min: 0.05, max: 0.9, bySeverity: [0.1, 0.3, 0.5, 0.75] },
    options: [
      {
        name: 'volume',
        choices: [choice('gained', 'with hyperinflation', 'hyperinflated'), choice('kept', 'without hyperinflation')],
      },
      {
        name: 'bullae',
        choices: [
          choice('by severity', 'with bullae', 'with bulla'),
          choice('none', 'without bullae', 'without bulla'),
        ],
      },
    ],
    focal: false,
  },
  fibrosis: {
    amount: { unit: 'share', min: 0.04, max: 0.75, bySeverity: [0.1, 0.24, 0.42, 0.6] },
    options: [
      {
        name: 'volume',
        choices: [choice('lost', 'with volume loss', 'volume loss'), choice('kept', 'without volume loss')],
      },
      {
        name: 'honeycomb',
        choices: [choice('by severity', 'with honeycombing'), choice('none', 'without honeycombing')],
      },
    ],
    focal: false,
  },
  hernia: {
    amount: { unit: 'mm', min: 30, max: 130, bySeverity: [35, 50, 75, 110] },
    options: [
      {
        name: 'gas',
        choices: [
          choice('level', 'with air fluid level', 'with fluid level', 'air fluid level'),
          choice('none', 'without gas', 'without air fluid level'),
        ],
      },
    ],
    focal: false,
  },
};

/** Undefined: no sketch is known of it. */
export function drawnKind(finding: Finding): DrawnFindingKind | undefined {
  return DRAWN[finding];
}

/** Every finding that has a sketch. */
export const DRAWN_FINDINGS = Object.keys(DRAWN) as readonly Finding[];

/** A collapsed segment or lobe has no quantity of its own: the thickness of a plate stands for its severity, and is not told. */
export function isGradedAlone(finding: Finding, options: Readonly<Record<string, string>> = {}): boolean {
  return finding === 'atelectasis' && options['extent'] !== undefined && options['extent'] !== 'plate';
}
