/** A donor for borrowed findings: an open radiograph, a sample or a file, read without being opened. */

import type { Edit } from '../../counterfactual/edit';
import { CancelledError } from '../../counterfactual/errors';
import { fieldAt } from '../../counterfactual/sketch/field';
import type { PlacedFinding } from '../../findings/combinations';
import type { Radiograph } from '../../imaging/radiograph';
import { initialRequest } from '../../record/editRequest';
import { JobControl } from '../../worker/control';
import { samplingFor } from '../release';
import { toSamplingOptions } from '../requestedEdit';
import { asSample, type Sample } from '../samples';
import type { OpenableFile } from '../services';
import type { Studio } from '../studio';
import { analysisOf, baseImageNow, loadBaseImage, type StudioDocument } from '../../record/studioDocument';
import { doubtOf, streamsMeasure, TWIN_SEED, type MeasuredStreams } from '../donorStreams';
import { isSameFilm, travellingFindings, type Donor } from '../swap';
import { currentDocument } from '../slices/documents';
import { thumbnailOf, tinted } from '../../record/thumbnail';
import { openChosen } from './chooseFrame';
import { clearMask } from './mask';
import { askFor } from './request';

export type DonorSource =
  | { readonly kind: 'document'; readonly document: StudioDocument }
  | { readonly kind: 'sample'; readonly sample: Sample }
  | { readonly kind: 'file'; readonly file: OpenableFile };

/** Longer side of the previews, in pixels. */
export const PREVIEW = 320;

/** A donor, and how to take it apart into its two streams. */
export interface OpenedDonor {
  readonly donor: Donor;
  /**
   * Absent: it has no opacity, or its lungs were not found. Takes an edit of its own: the same film without its opacities.
   * @throws CounterpartError, CancelledError
   */
  readonly streams?: (signal: AbortSignal) => Promise<Pick<Donor, 'pathology' | 'streams'>>;
}

/** @throws CounterpartError that names the file, or says why it could not be read */
export async function openDonor(studio: Studio, source: DonorSource): Promise<OpenedDonor> {
  const { services, store } = studio;
  const [film, title] = await filmOf(studio, source);
  const analysis =
    (source.kind === 'document' ? analysisOf(source.document) : undefined) ?? (await services.worker.analyse(film));
  const { reading, probabilities } = analysis;
  const doubt = doubtOf(title, analysis);
  const recipient = currentDocument(store.getState());
  const own = recipient && baseImageNow(recipient);
  const measure = streamsMeasure(
    { film, reading, probabilities },
    {
      erased: (edit, signal = new AbortController().signal) => erased(studio, film, edit, signal),
      pathology: (healthy, signal = new AbortController().signal) =>
        services.worker.pathology(film, healthy, { signal }),
    },
  );
  return {
    donor: {
      title,
      thumbnail: thumbnailOf(film, PREVIEW),
      reading,
      film,
      findings: travellingFindings(reading, store.getState().release?.thresholds ?? {}),
      ...(film.paediatric === undefined ? {} : { paediatric: film.paediatric }),
      ...(doubt && { doubt: doubt.message }),
      ...(analysis.mirrored && { mirrored: true as const }),
      ...(own !== undefined && isSameFilm(own, film) && { isRecipient: true as const }),
    },
    ...(measure && {
      streams: async (signal: AbortSignal) => {
        const measured = await measure(signal);
        return measured === undefined ? {} : streamsOf(film, measured);
      },
    }),
  };
}

/** The donor with its streams, where it has them. @throws as `openDonor`, and CancelledError */
export async function readDonor(
  studio: Studio,
  source: DonorSource,
  signal = new AbortController().signal,
): Promise<Donor> {
  const { donor, streams } = await openDonor(studio, source);
  return { ...donor, ...(await streams?.(signal)) };
}

async function filmOf(studio: Studio, source: DonorSource): Promise<readonly [film: Radiograph, title: string]> {
  const { services } = studio;
  if (source.kind === 'document') {
    const { document } = source;
    return [baseImageNow(document) ?? (await loadBaseImage(document)), document.radiograph.name];
  }
  const film =
    source.kind === 'sample'
      ? asSample(await services.open(await services.sampleBytes(source.sample), source.sample.file), source.sample)
      : await openChosen(studio, await source.file.bytes(), source.file.name);
  if (film === undefined) throw new CancelledError();
  return [film, film.name];
}

async function erased(
  { services, store }: Studio,
  film: Radiograph,
  edit: Edit,
  signal: AbortSignal,
): Promise<Radiograph> {
  const sampling = toSamplingOptions(initialRequest(), samplingFor(store.getState().release, edit.kind));
  const { image } = await services.worker.generate(
    film,
    edit,
    { ...sampling, seed: TWIN_SEED },
    { signal, control: new JobControl(), allowUncertain: true, onProgress: () => undefined },
  );
  return image;
}

function streamsOf(
  film: Radiograph,
  { pathology, healthy, field }: MeasuredStreams,
): Pick<Donor, 'pathology' | 'streams'> {
  const marked = tinted(thumbnailOf(film, PREVIEW), (u, v) => fieldAt(field, u, v));
  return { pathology, streams: { healthy: thumbnailOf(healthy, PREVIEW), pathology: marked } };
}

/** Borrowed findings become the request. A painted mask would give them one severity and one place, and goes; undo brings it back. */
export function borrow(studio: Studio, findings: readonly PlacedFinding[]): void {
  clearMask(studio);
  askFor(studio, findings);
}
