/** What the product knows about each finding: its names, where it can be, and whether it looks like opacity. */

import * as say from '../messages/en/findings';
import { capital, listed } from '../messages/numbers';
import { PLACES, ZONES, type Finding, type Place, type Zone } from './vocabulary';
import { findingName, fullPlaceName } from './words';

export type Side = 'right' | 'left';
export type Level = 'upper' | 'mid' | 'lower';

/** Where a finding lives; decides how a side without a level is understood and what an edit may ask. */
export type Site = 'lung' | 'pleura' | 'heart' | 'hiatus' | 'chest';

export interface FindingKnowledge {
  readonly finding: Finding;
  /** What the screen and the text line call it; `parse` understands it. */
  readonly name: string;
  /** Further names, American spelling, singular; the parser normalises plurals and British spelling first. */
  readonly synonyms: readonly string[];
  readonly site: Site;
  /** Brighter lung: an edit of this finding also states lung_opacity in its rows. */
  readonly opacityLike: boolean;
  /** Places an edit may ask for. */
  readonly places: readonly Place[];
  /** Levels meant when only a side is said ("left effusion"). */
  readonly usualLevels: readonly Level[];
  /** It falls: an upper zone alone is not asked for, the lower one of that side belongs to it. */
  readonly falls?: true;
}

const ALL_LEVELS: readonly Level[] = ['upper', 'mid', 'lower'];
const LOWER_ZONES: readonly Zone[] = ['right_lower', 'left_lower'];

function lung(finding: Finding, name: string, opacityLike: boolean, synonyms: readonly string[]): FindingKnowledge {
  return { finding, name, synonyms, site: 'lung', opacityLike, places: ZONES, usualLevels: ALL_LEVELS };
}

function pleura(
  finding: Finding,
  name: string,
  usualLevels: readonly Level[],
  synonyms: readonly string[],
): FindingKnowledge {
  return { finding, name, synonyms, site: 'pleura', opacityLike: false, places: ZONES, usualLevels };
}

const TABLE: Readonly<Record<Finding, FindingKnowledge>> = {
  lung_opacity: lung('lung_opacity', 'opacity', true, [
    'lung opacity',
    'pulmonary opacity',
    'airspace opacity',
    'air space opacity',
    'airspace disease',
    'air space disease',
    'alveolar opacity',
    'alveolar disease',
    'interstitial opacity',
    'parenchymal opacity',
    'ground glass',
    'groundglass',
    'ground glass opacity',
    'ground glass opacification',
    'opacification',
    'opacified',
    'shadowing',
    'lung density',
    'pulmonary density',
    'density',
    'airspace process',
    'lung shadow',
    'haziness',
    'haze',
    'opaque area',
    'ggo',
    'reticular opacity',
    'reticulonodular opacity',
    'airspace density',
  ]),
  consolidation: lung('consolidation', 'consolidation', true, [
    'airspace consolidation',
    'air space consolidation',
    'consolidative change',
    'consolidative opacity',
    'consolidative process',
    'consolidated',
  ]),
  infiltration: lung('infiltration', 'infiltration', true, [
    'infiltrate',
    'pulmonary infiltrate',
    'airspace infiltrate',
    'infiltrative change',
  ]),
  atelectasis: lung('atelectasis', 'atelectasis', true, [
    'atelectatic change',
    'atelectatic',
    'lobar collapse',
    'lung collapse',
    'partial collapse',
    'collapse',
    'subsegmental atelectasis',
    'platelike atelectasis',
    'plate atelectasis',
    'linear atelectasis',
    'discoid atelectasis',
    'bandlike atelectasis',
  ]),
  effusion: {
    ...pleura(
      'effusion',
      'effusion',
      ['lower'],
      [
        'pleural effusion',
        'pleural fluid',
        'hydrothorax',
        'hemothorax',
        'pleural fluid collection',
        'fluid in the pleural space',
        'subpulmonic effusion',
        'parapneumonic effusion',
        'pleural collection',
        'empyema',
      ],
    ),
    falls: true,
  },
  pneumothorax: pleura('pneumothorax', 'pneumothorax', ['upper'], ['ptx', 'collapsed lung', 'pneumothorace']),
  edema: lung('edema', 'edema', true, [
    'pulmonary edema',
    'lung edema',
    'interstitial edema',
    'alveolar edema',
    'interstitial pulmonary edema',
    'pulmonary interstitial edema',
    'apo',
  ]),
  emphysema: lung('emphysema', 'emphysema', false, [
    'emphysematous change',
    'emphysematous',
    'bullous emphysema',
    'bullous change',
    'bullous disease',
    'pulmonary emphysema',
  ]),
  fibrosis: lung('fibrosis', 'fibrosis', false, [
    'pulmonary fibrosis',
    'lung fibrosis',
    'fibrotic change',
    'fibrotic',
    'scarring',
    'scar',
    'parenchymal scarring',
    'pulmonary scarring',
    'honeycombing',
    'honeycomb lung',
    'interstitial fibrosis',
    'cicatrix',
    'fibronodular',
    'fibronodular scarring',
    'fibronodular change',
    'fibronodular opacity',
    'fibronodular thickening',
  ]),
  pleural_thickening: pleura(
    'pleural_thickening',
    'pleural thickening',
    ['lower'],
    [
      'thickened pleura',
      'thickening of the pleura',
      'thickening of the pleural',
      'pleural thickened',
      'apical cap',
      'apical capping',
      'pleural cap',
      'pleural capping',
      'fissural thickening',
      'fissure thickening',
      'thickened fissure',
      'thickening of the fissure',
      'thickening of the minor fissure',
      'thickening of the major fissure',
      'thickening of the horizontal fissure',
      'thickening of the oblique fissure',
      'thickening of the interlobar fissure',
      'pleural plaque',
    ],
  ),
  nodule: lung('nodule', 'nodule', false, [
    'lung nodule',
    'pulmonary nodule',
    'nodular opacity',
    'nodular density',
    'rounded opacity',
    'round opacity',
    'coin lesion',
    'nodular lesion',
    'nodular focus',
    'micronodule',
  ]),
  mass: {
    ...lung('mass', 'mass', false, [
      'lung mass',
      'pulmonary mass',
      'mass lesion',
      'masslike opacity',
      'mass like opacity',
      'masslike density',
      'mass like opacity',
      'masslike opacity',
      'tumor',
      'neoplasm',
      'cavitary lesion',
    ]),
    places: PLACES,
  },
  cardiomegaly: {
    finding: 'cardiomegaly',
    name: 'cardiomegaly',
    synonyms: [
      'cardiac enlargement',
      'enlarged heart',
      'enlarged cardiac silhouette',
      'enlarged cardiomediastinal silhouette',
      'heart enlargement',
      'big heart',
      'large heart',
      'dilated heart',
      'globular heart',
      'large cardiac silhouette',
      'prominent cardiac silhouette',
      'increased heart size',
      'increased cardiac size',
      'enlargement of the heart',
      'enlargement of the cardiac silhouette',
      'cardiac silhouette enlargement',
    ],
    site: 'heart',
    opacityLike: false,
    places: ['mediastinum'],
    usualLevels: [],
  },
  hernia: {
    finding: 'hernia',
    name: 'hernia',
    synonyms: [
      'hiatal hernia',
      'hiatus hernia',
      'diaphragmatic hernia',
      'paraesophageal hernia',
      'para esophageal hernia',
      'gastric hernia',
      'herniation',
    ],
    site: 'hiatus',
    opacityLike: false,
    places: [...LOWER_ZONES, 'mediastinum'],
    usualLevels: ['lower'],
  },
  pneumonia: lung('pneumonia', 'pneumonia', true, [
    'bronchopneumonia',
    'pneumonic consolidation',
    'pneumonic infiltrate',
    'pneumonic change',
    'pneumonitis',
    'lobar pneumonia',
    'infectious process',
    'infective process',
    'infection',
    'infective change',
    'covid 19',
    'covid',
    'covid pneumonia',
    'viral pneumonia',
    'bacterial pneumonia',
  ]),
  no_finding: {
    finding: 'no_finding',
    name: 'normal chest',
    synonyms: [
      'normal chest x ray',
      'normal chest xray',
      'normal chest radiograph',
      'normal radiograph',
      'normal study',
      'normal examination',
      'no finding',
      'unremarkable chest',
      'normal chest exam',
      'normal cxr',
      'nad',
    ],
    site: 'chest',
    opacityLike: false,
    places: [],
    usualLevels: [],
  },
};

export function knowledgeOf(finding: Finding): FindingKnowledge {
  return TABLE[finding];
}

/** Where the finding is meant when no place is said: its one possible place, else nowhere in particular. */
export function impliedPlaces(finding: Finding, places: readonly Place[]): readonly Place[] {
  const possible = TABLE[finding].places;
  return places.length === 0 && possible.length === 1 ? possible : places;
}

/**
 * What has one place unless another is said: both lungs for fluid that the heart holds back and air that the smallest airways hold,
 * for the scars of the usual pattern (drawn at bases and wall), behind the heart for a hernia.
 */
const COMES: Readonly<Partial<Record<Finding, readonly Place[]>>> = {
  edema: ZONES,
  emphysema: ZONES,
  fibrosis: ZONES,
  hernia: ['mediastinum'],
};

/** Where the finding comes when it is named without a place; empty: that is to be chosen. */
export function placesWhereItComes(finding: Finding): readonly Place[] {
  return COMES[finding] ?? impliedPlaces(finding, []);
}

/** Where the finding usually is. */
export function usualPlaces(finding: Finding): readonly Place[] {
  const { places, usualLevels } = TABLE[finding];
  return places.length === 1 ? places : places.filter((place) => usualLevels.some((level) => place.endsWith(level)));
}

/**
 * Findings that are never there together, whatever their places: the one table that parser, plausibility and drawing share. What
 * only changes how another looks (fluid under air) or is one thing with it (a nodule in a mass) is no exclusion.
 */
const EXCLUDES: Readonly<Partial<Record<Finding, (other: Finding) => boolean>>> = {
  no_finding: (other) => other !== 'no_finding',
};

export function excludes(one: Finding, other: Finding): boolean {
  return EXCLUDES[one]?.(other) === true || EXCLUDES[other]?.(one) === true;
}

export interface Implausibility {
  readonly reason: string;
  readonly advice: string;
}

/** Why a finding cannot be asked for at these places, or undefined when it can. */
export function implausibility(finding: Finding, places: readonly Place[]): Implausibility | undefined {
  const { places: possible, site } = TABLE[finding];
  if (finding === 'no_finding') {
    return {
      reason: say.normalIsNoFinding(),
      advice: say.removeInstead(),
    };
  }
  const wrong = places.filter((place) => !possible.includes(place));
  if (wrong.length > 0) {
    return {
      reason: say.notFoundIn({ finding: capital(findingName(finding)), places: listedPlaces(wrong) }),
      advice: site === 'heart' ? say.chooseMediastinum() : say.chooseAmong({ places: listedPlaces(possible) }),
    };
  }
  if (TABLE[finding].falls === true) {
    const floating = places.find(
      (place) => place.endsWith('_upper') && !places.includes(place.replace('_upper', '_lower') as Place),
    );
    if (floating !== undefined) {
      return {
        reason: say.fluidFalls({ place: fullPlaceName(floating) }),
        advice: say.includeToo({ place: fullPlaceName(floating.replace('_upper', '_lower') as Place) }),
      };
    }
  }
  return undefined;
}

/** "left lower zone", "mediastinum": as the edit line says it. */
export function placeName(place: Place): string {
  return place === 'mediastinum' ? 'mediastinum' : `${place.replace('_', ' ')} zone`;
}

function listedPlaces(places: readonly Place[]): string {
  return listed(places.map(fullPlaceName));
}
