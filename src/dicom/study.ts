/** What a file says about the exposure: modality, view, body part, age group, spacing. No identifying value is kept. */

import type { LossyCompression, Radiograph } from '../imaging/radiograph';
import type { DicomDataSet } from './data-set';
import { LateralViewError, NotARadiographError } from './errors';
import { macroOf } from './frames';
import { readLossy } from './lossy';
import { statedDirections } from './orientation';
import { TAG } from './tags';

type Study = Pick<
  Radiograph,
  'viewPosition' | 'laterality' | 'lossy' | 'paediatric' | 'burnedInAnnotation' | 'pixelSpacing' | 'notes'
>;

const RADIOGRAPHY = new Set(['CR', 'DX', 'RG', 'DR', 'XR']);
/** Modalities that may carry a radiograph without saying so. */
const UNSURE = new Set(['OT', 'SC', 'HC', 'RF']);
const LATERAL = new Set(['LL', 'RL', 'LAT', 'LATERAL']);
/** OverlayRows of any overlay plane (PS3.3 C.9.2): groups 6000 to 601E, even. */
const OVERLAY_ROWS = /^x60[01][02468ace]0010$/;
const FRONTAL = new Set(['PA', 'AP']);

/** Refuses what states that it is no frontal radiograph. @throws NotARadiographError, LateralViewError */
export function refuseOtherStudies(dataSet: DicomDataSet, name: string): void {
  const modality = dataSet.text(TAG.modality)?.toUpperCase();
  if (modality !== undefined && !RADIOGRAPHY.has(modality) && !UNSURE.has(modality))
    throw new NotARadiographError(name, modality);
  const view = dataSet.text(TAG.viewPosition)?.toUpperCase();
  if (view !== undefined && LATERAL.has(view)) throw new LateralViewError(name, view);
  if (view !== undefined && FRONTAL.has(view)) return;
  const coded = lateralCode(dataSet);
  if (coded !== undefined) throw new LateralViewError(name, coded);
  const [row, column] = statedDirections(dataSet) ?? [];
  if ((row === 'A' || row === 'P') && (column === 'F' || column === 'H'))
    throw new LateralViewError(name, `patient orientation ${row}\\${column}`);
}

/** The meaning of a coded view that is lateral (PS3.16 CID 4010); a lateral decubitus film is a frontal one. */
function lateralCode(dataSet: DicomDataSet): string | undefined {
  const meanings = dataSet.items(TAG.viewCodeSequence).flatMap((item) => item.texts(TAG.codeMeaning));
  const lateral = meanings.find((meaning) => /lateral/i.test(meaning) && !/decubitus|bilateral/i.test(meaning));
  return lateral?.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 64);
}

/** @param encoded what the file's own encoding has lost, whatever the header says */
export function readStudy(dataSet: DicomDataSet, encoded: LossyCompression | undefined, frame = 1): Study {
  const notes: string[] = [];
  const modality = dataSet.text(TAG.modality)?.toUpperCase();
  if (modality === undefined) notes.push('The file does not state its modality.');
  else if (UNSURE.has(modality)) notes.push(`The modality is ${modality}: this may not be a radiograph.`);
  const bodyPart = dataSet.text(TAG.bodyPartExamined)?.toUpperCase();
  if (bodyPart !== undefined && !/CHEST|THORAX|LUNG/.test(bodyPart))
    notes.push(`The body part is stated as ${bodyPart}, not chest.`);
  const viewPosition = dataSet.text(TAG.viewPosition)?.toUpperCase();
  if (viewPosition !== undefined && !FRONTAL.has(viewPosition))
    notes.push(`The view is stated as ${viewPosition}, not PA or AP.`);
  if (viewPosition !== undefined && FRONTAL.has(viewPosition) && lateralCode(dataSet) !== undefined)
    notes.push(`The view is stated as ${viewPosition}, but coded as lateral.`);
  if (dataSet.text(TAG.presentationIntentType)?.toUpperCase() === 'FOR PROCESSING')
    notes.push(
      'The file is raw, meant for processing rather than for reading: its greys are not those of a finished radiograph.',
    );
  const overlays = dataSet.count(OVERLAY_ROWS);
  if (overlays > 0) notes.push('The file’s graphic overlay (text or marks over the picture) is left out.');
  const paediatric = readAgeGroup(dataSet, notes);
  const pixelSpacing = readSpacing(dataSet, macroOf(dataSet, frame, TAG.pixelMeasures), notes);
  const laterality = readLaterality(dataSet);
  const lossy = readLossy(dataSet, encoded);
  const burnedIn = dataSet.text(TAG.burnedInAnnotation)?.toUpperCase();
  if (burnedIn === 'YES')
    notes.push(
      'The file says that text is burned into its pixels: look for names before you share anything made from it.',
    );
  noteDates(dataSet, notes);
  return {
    notes,
    ...((burnedIn === 'YES' || burnedIn === 'NO') && { burnedInAnnotation: burnedIn }),
    ...(laterality && { laterality }),
    ...(lossy && { lossy }),
    ...(viewPosition !== undefined && { viewPosition }),
    ...(paediatric !== undefined && { paediatric }),
    ...(pixelSpacing && { pixelSpacing }),
  };
}

/** ImageLaterality, else Laterality (the series'). */
function readLaterality(dataSet: DicomDataSet): Study['laterality'] {
  const side = (dataSet.text(TAG.imageLaterality) ?? dataSet.text(TAG.laterality))?.toUpperCase();
  return side === 'R' || side === 'L' || side === 'B' ? side : undefined;
}

const DAYS = { D: 1, W: 7, M: 365.25 / 12, Y: 365.25 } as const;
const ADULT_DAYS = 18 * DAYS.Y;

/** Under 18 by the stated age (VR AS), else by birth and study dates; undefined when neither can be read. */
function readAgeGroup(dataSet: DicomDataSet, notes: string[]): boolean | undefined {
  const age = dataSet.text(TAG.patientAge);
  const match = age === undefined ? undefined : /^(\d{1,3})([DWMY])$/i.exec(age);
  if (match) return Number(match[1]) * DAYS[String(match[2]).toUpperCase() as keyof typeof DAYS] < ADULT_DAYS - 1;
  if (age !== undefined) notes.push('The patient’s age is ill-formed and was left out.');
  const birth = parseDate(dataSet.text(TAG.patientBirthDate));
  const study = parseDate(
    dataSet.text(TAG.studyDate) ?? dataSet.text(TAG.acquisitionDate) ?? dataSet.text(TAG.contentDate),
  );
  if (birth === undefined || study === undefined || study < birth) return undefined;
  return (study - birth) / 86_400_000 < ADULT_DAYS;
}

/** PixelSpacing (calibrated) before ImagerPixelSpacing (at the detector), in mm. */
function readSpacing(
  dataSet: DicomDataSet,
  ofFrame: DicomDataSet | undefined,
  notes: string[],
): readonly [number, number] | undefined {
  const [ratioRow = 1, ratioColumn = 1] = dataSet.decimals(TAG.pixelAspectRatio);
  for (const tag of [TAG.pixelSpacing, TAG.imagerPixelSpacing]) {
    const [row, column] = (ofFrame?.element(tag) ? ofFrame : dataSet).decimals(tag);
    if (row === undefined && column === undefined) continue;
    if (row !== undefined && column !== undefined && row > 0 && column > 0 && Number.isFinite(row + column)) {
      if (Math.abs(row / column - 1) > 0.01) notes.push('The pixels are not square; they are shown as if they were.');
      return [row, column];
    }
    notes.push('The pixel spacing is ill-formed and was left out.');
  }
  if (ratioRow !== ratioColumn) notes.push('The pixels are not square; they are shown as if they were.');
  return undefined;
}

const DATES = {
  'study date': TAG.studyDate,
  'series date': TAG.seriesDate,
  'acquisition date': TAG.acquisitionDate,
  'content date': TAG.contentDate,
  'creation date': TAG.instanceCreationDate,
  'birth date': TAG.patientBirthDate,
} as const;

function noteDates(dataSet: DicomDataSet, notes: string[]): void {
  const wrong = Object.entries(DATES).filter(([, tag]) => {
    const date = dataSet.text(tag);
    return date !== undefined && parseDate(date) === undefined;
  });
  if (wrong.length > 0) notes.push(`Ill-formed ${wrong.map(([label]) => label).join(', ')}.`);
}

/** A date of VR DA (YYYYMMDD) in milliseconds; undefined when it is not one. */
function parseDate(date: string | undefined): number | undefined {
  const match = date === undefined ? undefined : /^(\d{4})(\d\d)(\d\d)$/.exec(date);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  const time = Date.UTC(year, month - 1, day);
  const back = new Date(time);
  return back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? time : undefined;
}
