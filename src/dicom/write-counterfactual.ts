/**
 * A counterfactual as a DICOM secondary capture (PS3.3 A.8.1): the stored values at their own depth, stated to be synthetic, in
 * a study of its own where no patient attribute has a value, or, for the archive that its film is in, in its film's study. The recipe
 * is a private attribute.
 */

import type { LossyCompression, Radiograph } from '../imaging/radiograph';
import { encodeFile, type Attributes } from './encode';
import { lutItem, withCommonBits } from './lut';
import { code, contributingEquipment, emptyPatientAndStudy, imageOf, timeOf } from './modules';
import { CREATOR_TAG, PRIVATE_CREATOR, RECIPE_TAG } from './private-block';
import { newUid } from './uid';
import type { SourceStudy } from './web/source-study';

export const SECONDARY_CAPTURE = '1.2.840.10008.5.1.4.1.1.7';

export interface CounterfactualOptions {
  readonly version: string;
  /** In words, for people: what was done to make it. */
  readonly description: string;
  /** JSON. */
  readonly recipe: string;
  /** Undefined: a study, a series and an instance of its own. */
  readonly place?: SeriesPlace | undefined;
  /** Undefined: nothing of the patient is written. Its study is that of `place`. */
  readonly source?: SourceStudy | undefined;
  readonly now?: Date;
}

/** Where an instance stands among the results that belong together. */
export interface SeriesPlace {
  readonly studyInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly sopInstanceUid: string;
  /** From 1. */
  readonly instanceNumber: number;
}

/** Longest value of VR ST. */
const TEXT_LENGTH = 1024;
/** Longest value of VR DS. */
const DECIMAL_LENGTH = 16;

/** @param image the counterfactual; its `dicomReference`, where it has one, is that of the radiograph it was made from */
export function writeCounterfactual(
  image: Radiograph,
  { version, description, recipe, place = alone(), source, now = new Date() }: CounterfactualOptions,
): Uint8Array {
  const { studyInstanceUid, seriesInstanceUid, sopInstanceUid: instance, instanceNumber } = place;
  const { date, time } = timeOf(now);
  return encodeFile(SECONDARY_CAPTURE, instance, {
    '00080005': ['CS', 'ISO_IR 192'],
    '00080008': ['CS', 'DERIVED\\SECONDARY'],
    '00080012': ['DA', date],
    '00080013': ['TM', time],
    '00080016': ['UI', SECONDARY_CAPTURE],
    '00080018': ['UI', instance],
    '0008001C': ['CS', 'YES'],
    ...emptyPatientAndStudy(),
    ...source?.attributes,
    '00080023': ['DA', date],
    '00080033': ['TM', time],
    // Not the source's: nothing was exposed, and no archive shall take it for an acquisition.
    '00080060': ['CS', 'OT'],
    '00080064': ['CS', 'SYN'],
    '00080070': ['LO', 'Counterpart'],
    '00082111': ['ST', derivation(description, image.credit).slice(0, TEXT_LENGTH)],
    ...(image.dicomReference && {
      '00082112': [
        'SQ',
        [
          {
            ...imageOf(image.dicomReference, image.frame),
            '0040A170': ['SQ', [code('121322', 'DCM', 'Source image for image processing operation')]],
          },
        ],
      ],
    }),
    // No code of PS3.16 says that a picture was synthesized: CID 7203 may be extended.
    '00089215': ['SQ', [code('COUNTERFACTUAL', '99COUNTERPART', 'Counterfactual image synthesis')]],
    [CREATOR_TAG]: ['LO', PRIVATE_CREATOR],
    [RECIPE_TAG]: ['UT', recipe],
    ...(source ? besideItsFilm() : withoutPatient(image)),
    '00180015': ['CS', 'CHEST'],
    '00181016': ['LO', 'Counterpart'],
    '00181018': ['LO', 'Counterpart'],
    '00181019': ['LO', version],
    '00181020': ['LO', version],
    ...(image.viewPosition !== undefined && { '00185101': ['CS', image.viewPosition] }),
    ...contributingEquipment(version, ['109100', 'Synthesizing Equipment']),
    '0020000D': ['UI', studyInstanceUid],
    '0020000E': ['UI', seriesInstanceUid],
    '00200013': ['IS', String(instanceNumber)],
    // Empty where the source does not say: nobody checked which side is which.
    '00200020': ['CS', image.patientOrientation?.join('\\') ?? ''],
    ...(image.laterality !== undefined && { '00200062': ['CS', image.laterality] }),
    ...greyLevels(image),
    ...pixels(image),
  });
}

/** What is said of text in the pixels is the film's own word, where it gives one. */
function withoutPatient({ burnedInAnnotation }: Radiograph): Attributes {
  const pixels = burnedInAnnotation === undefined ? 'pixels not searched for text' : 'text in pixels: as film says';
  return {
    '00120062': ['CS', 'YES'],
    '00120063': ['LO', `No attribute of the patient copied; ${pixels}`],
    '00200011': ['IS', '1'],
  };
}

/** Lists of series show their description: nobody shall open it for a film. The number leaves those before to the study. */
function besideItsFilm(): Attributes {
  return {
    '0008103E': ['LO', 'SYNTHETIC counterfactual, not for diagnosis'],
    '00120062': ['CS', 'NO'],
    '00200011': ['IS', '9900'],
  };
}

function alone(): SeriesPlace {
  return { studyInstanceUid: newUid(), seriesInstanceUid: newUid(), sopInstanceUid: newUid(), instanceNumber: 1 };
}

/** What was done, and whom the licence of the source wants named. */
function derivation(description: string, credit: string | undefined): string {
  return credit === undefined ? description : `${description} Source: ${credit}.`;
}

/** How stored values become light, as the source had it: tables as tables, a sigmoid as a sigmoid. */
function greyLevels({
  rescaleSlope,
  rescaleIntercept,
  modalityTable,
  window,
  windowFunction,
  voiTable,
  otherVoiTable,
}: Radiograph): Attributes {
  const table = voiTable ?? otherVoiTable;
  const offered = table && withCommonBits(table);
  return {
    ...(modalityTable
      ? { '00283000': ['SQ', [{ ...lutItem(modalityTable), '00283004': ['LO', 'US'] }]] }
      : {
          '00281052': ['DS', decimal(rescaleIntercept)],
          '00281053': ['DS', decimal(rescaleSlope)],
          '00281054': ['LO', 'US'],
        }),
    // Beside a table a window would be a second opinion: most viewers prefer it.
    ...(!voiTable && {
      '00281050': ['DS', decimal(window.windowCenter)],
      '00281051': ['DS', decimal(window.windowWidth)],
      ...(windowFunction && { '00281056': ['CS', windowFunction] }),
    }),
    ...(offered && { '00283010': ['SQ', [lutItem(offered)]] }),
  };
}

/** What had been lost before stays said: none of it comes back (PS3.3 C.7.6.1.1.5). */
function lossyCompression({ methods, ratios }: LossyCompression): Attributes {
  return {
    '00282110': ['CS', '01'],
    ...(ratios.length > 0 && { '00282112': ['DS', ratios.map(decimal).join('\\')] }),
    ...(methods.length > 0 && { '00282114': ['CS', methods.join('\\')] }),
  };
}

function pixels({
  pixels: stored,
  width,
  height,
  bitsStored,
  signed,
  photometricInterpretation,
  pixelPadding,
  pixelSpacing,
  burnedInAnnotation,
  lossy,
}: Radiograph): Attributes {
  const words = stored.BYTES_PER_ELEMENT === 2;
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  const padding = signed ? 'SS' : 'US';
  return {
    '00280002': ['US', [1]],
    '00280004': ['CS', photometricInterpretation],
    '00280010': ['US', [height]],
    '00280011': ['US', [width]],
    ...(pixelSpacing && { '00280030': ['DS', pixelSpacing.map(decimal).join('\\')] }),
    '00280100': ['US', [words ? 16 : 8]],
    '00280101': ['US', [bitsStored]],
    '00280102': ['US', [bitsStored - 1]],
    '00280103': ['US', [signed ? 1 : 0]],
    ...(burnedInAnnotation && { '00280301': ['CS', burnedInAnnotation] }),
    ...(pixelPadding && { '00280120': [padding, [pixelPadding[0]]], '00280121': [padding, [pixelPadding[1]]] }),
    ...(lossy && lossyCompression(lossy)),
    '7FE00010': [words ? 'OW' : 'OB', bytes],
  };
}

/** A number in at most 16 characters. */
function decimal(value: number): string {
  const text = String(value);
  for (let digits = 15; ; digits--) {
    const shorter = text.length <= DECIMAL_LENGTH ? text : value.toPrecision(digits);
    if (shorter.length <= DECIMAL_LENGTH) return shorter;
  }
}
