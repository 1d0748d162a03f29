import { smallFile, type Sample } from '../state/samples';

/** Where the gallery's files are served. */
export const SAMPLES_FOLDER = `${import.meta.env.BASE_URL}models/samples/`;

export function sampleAddress(sample: Sample): string {
  return SAMPLES_FOLDER + sample.file;
}

/** Of the picture for lists: a gallery need not fetch whole films. */
export function smallSampleAddress(sample: Sample): string {
  return SAMPLES_FOLDER + smallFile(sample);
}
