/** A donor for borrowed findings: an open radiograph, a sample or a file, read without being opened. */

import type { Reading } from '../../counterfactual/edit';
import type { PlaceSeverities } from '../../findings/editText';
import type { Finding } from '../../findings/vocabulary';
import type { Radiograph } from '../../imaging/radiograph';
import type { Sample } from '../samples';
import type { OpenableFile } from '../services';
import type { Studio } from '../studio';
import { analysisOf, baseImage, type StudioDocument } from '../studioDocument';
import { thumbnailOf, type Thumbnail } from '../thumbnail';
import { clearMask } from './mask';
import { askFor } from './request';

export interface Donor {
  readonly title: string;
  readonly thumbnail: Thumbnail;
  readonly reading: Reading;
}

export type DonorSource =
  | { readonly kind: 'document'; readonly document: StudioDocument }
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'file'; readonly file: OpenableFile };

/** Longer side of the previews, in pixels. */
export const PREVIEW = 320;

/** @throws CounterpartError that names the file, or says why it could not be read */
export async function readDonor({ services }: Studio, source: DonorSource): Promise<Donor> {
  if (source.kind === 'document') {
    const known = analysisOf(source.document);
    const image = baseImage(source.document);
    const { reading } = known ?? (await services.worker.analyse(image));
    return { title: source.document.radiograph.name, thumbnail: thumbnailOf(image, PREVIEW), reading };
  }
  const radiograph: Radiograph =
    source.kind === 'sample'
      ? { ...(await services.open(await services.sampleBytes(source.sample), source.sample.file)), name: source.sample.title, synthetic: true }
      : await services.open(await source.file.bytes(), source.file.name);
  const { reading } = await services.worker.analyse(radiograph);
  return { title: radiograph.name, thumbnail: thumbnailOf(radiograph, PREVIEW), reading };
}

/** The borrowed finding becomes the request. A painted mask would give it one severity and one place, and goes; undo brings it back. */
export function borrow(studio: Studio, finding: Finding, severities: PlaceSeverities): void {
  clearMask(studio);
  askFor(studio, finding, severities);
}
