/** A donor for borrowed findings: an open radiograph, a sample or a file, read without being opened. */

import type { Reading } from '../../counterfactual/edit';
import type { PlacedFinding } from '../../findings/combinations';
import type { Radiograph } from '../../imaging/radiograph';
import { asSample, type Sample } from '../samples';
import type { OpenableFile } from '../services';
import type { Studio } from '../studio';
import { analysisOf, baseImage, type StudioDocument } from '../../record/studioDocument';
import { travellingFindings, type Donor } from '../swap';
import { thumbnailOf } from '../../record/thumbnail';
import { clearMask } from './mask';
import { askFor } from './request';

export type DonorSource =
  | { readonly kind: 'document'; readonly document: StudioDocument }
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'file'; readonly file: OpenableFile };

/** Longer side of the previews, in pixels. */
export const PREVIEW = 320;

/** @throws CounterpartError that names the file, or says why it could not be read */
export async function readDonor({ services, store }: Studio, source: DonorSource): Promise<Donor> {
  const called = (reading: Reading) => travellingFindings(reading, store.getState().release?.thresholds ?? {});
  if (source.kind === 'document') {
    const known = analysisOf(source.document);
    const image = baseImage(source.document);
    const { reading } = known ?? (await services.worker.analyse(image));
    return {
      title: source.document.radiograph.name,
      thumbnail: thumbnailOf(image, PREVIEW),
      reading,
      findings: called(reading),
    };
  }
  const radiograph: Radiograph =
    source.kind === 'sample'
      ? asSample(await services.open(await services.sampleBytes(source.sample), source.sample.file), source.sample)
      : await services.open(await source.file.bytes(), source.file.name);
  const { reading } = await services.worker.analyse(radiograph);
  return { title: radiograph.name, thumbnail: thumbnailOf(radiograph, PREVIEW), reading, findings: called(reading) };
}

/** Borrowed findings become the request. A painted mask would give them one severity and one place, and goes; undo brings it back. */
export function borrow(studio: Studio, findings: readonly PlacedFinding[]): void {
  clearMask(studio);
  askFor(studio, findings);
}
