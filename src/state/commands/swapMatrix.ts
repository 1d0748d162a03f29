/** Makes the cells of the swap matrix: each a job in the queue, each result a version of its recipient. */

import type { Reading } from '../../counterfactual/edit';
import type { Radiograph } from '../../imaging/radiograph';
import { formatEdit } from '../../findings/editText';
import * as reasons from '../../messages/en/reasons';
import { initialRequest } from '../../record/editRequest';
import { toSamplingOptions } from '../requestedEdit';
import { newJobId } from '../../record/job';
import { samplingFor } from '../release';
import type { MatrixDonor } from '../slices/matrix';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import type { StudioDocument, Version } from '../../record/studioDocument';
import { inWords, isSameFilm } from '../swap';
import { matrixEdit } from '../swapMatrix';
import { cancelJob, enqueue } from './queue';

export type Cell =
  | { readonly status: 'itself' | 'nothing' | 'open' | 'waiting' | 'running' | 'failed' }
  | { readonly status: 'done'; readonly version: Version };

/** The reading of the radiograph itself, whatever version is on the screen. */
export function recipientReading({ analysis }: StudioDocument): Reading | undefined {
  return analysis.status === 'ready' ? analysis.analysis.reading : undefined;
}

/** A cell's results carry its label: the donor's name and what was asked. */
function cellLabel(document: StudioDocument, donor: MatrixDonor): string | undefined {
  const reading = recipientReading(document);
  const edit = reading === undefined ? undefined : matrixEdit(reading, donor.findings, donor.pathology);
  return edit === undefined
    ? undefined
    : `From ${donor.title}: ${[formatEdit(edit), ...(edit.further === undefined ? [] : [inWords(edit.further)])].join('; ')}`;
}

const ITSELF = new WeakMap<Radiograph, WeakMap<Radiograph, boolean>>();

/** A patient's own findings on its own anatomy are the film as it is, to the bit: nothing is made. */
function isItself({ radiograph }: StudioDocument, { film }: MatrixDonor): boolean {
  if (film === undefined) return false;
  const known = ITSELF.get(radiograph) ?? new WeakMap<Radiograph, boolean>();
  ITSELF.set(radiograph, known);
  const itself = known.get(film) ?? isSameFilm(radiograph, film);
  known.set(film, itself);
  return itself;
}

export function cellOf({ jobs }: Pick<StudioState, 'jobs'>, document: StudioDocument, donor: MatrixDonor): Cell {
  if (isItself(document, donor)) return { status: 'itself' };
  const label = cellLabel(document, donor);
  if (label === undefined) return { status: 'nothing' };
  const queued = jobs.find(({ job }) => job.documentId === document.id && job.label === label);
  if (queued !== undefined)
    return { status: queued.status === 'held' || queued.status === 'ending' ? 'running' : queued.status };
  const version = document.versions.findLast((each) => each.label === label);
  return version === undefined ? { status: 'open' } : { status: 'done', version };
}

function chosen({
  documents,
  matrixRecipients,
  matrixDonors,
}: StudioState): readonly (readonly [StudioDocument, MatrixDonor])[] {
  const recipients = matrixRecipients.flatMap((id) => documents.filter((document) => document.id === id));
  return recipients.flatMap((document) => matrixDonors.map((donor) => [document, donor] as const));
}

export interface ChosenMatrix {
  readonly recipients: readonly StudioDocument[];
  readonly donors: readonly MatrixDonor[];
  /** A row a recipient. */
  readonly cells: readonly (readonly Cell[])[];
}

export function chosenMatrix(state: StudioState): ChosenMatrix {
  const { documents, matrixRecipients, matrixDonors: donors } = state;
  const recipients = documents.filter(({ id }) => matrixRecipients.includes(id));
  return {
    recipients,
    donors,
    cells: recipients.map((document) => donors.map((donor) => cellOf(state, document, donor))),
  };
}

/** Why there is no whole matrix to save, in words; undefined when there is. */
export function whyNotSaveMatrix(state: StudioState): string | undefined {
  const cells = chosenMatrix(state).cells.flat();
  if (cells.length === 0) return reasons.choosePatients();
  const missing = cells.filter(({ status }) => status !== 'done' && status !== 'nothing' && status !== 'itself').length;
  if (missing > 0) return reasons.cellsMissing({ count: missing });
  return cells.some(({ status }) => status === 'done') ? undefined : reasons.nothingMade();
}

/** Why the matrix cannot be run, in words; undefined when it can. */
export function whyNotRunMatrix(state: StudioState): string | undefined {
  if (state.engine.status !== 'ready') return reasons.networksNotReady();
  const cells = chosen(state).map(([document, donor]) => cellOf(state, document, donor).status);
  if (cells.length === 0) return reasons.choosePatients();
  if (cells.includes('open')) return undefined;
  if (cells.includes('waiting') || cells.includes('running')) return reasons.cellsRunning();
  return cells.includes('failed') ? reasons.cellFailed() : reasons.cellsDone();
}

/** Queues every cell that is not made yet. */
export async function runMatrix(studio: Studio): Promise<void> {
  const state = studio.store.getState();
  const jobs = chosen(state).flatMap(([document, donor]) => {
    const [reading, label] = [recipientReading(document), cellLabel(document, donor)];
    const edit = reading === undefined ? undefined : matrixEdit(reading, donor.findings, donor.pathology);
    if (edit === undefined || label === undefined || cellOf(state, document, donor).status !== 'open') return [];
    const sampling = toSamplingOptions(initialRequest(), samplingFor(state.release, edit.kind));
    const { id: documentId, acceptedAsFrontal: allowUncertain } = document;
    return [
      {
        id: newJobId(),
        kind: 'single',
        documentId,
        baseVersionId: undefined,
        label,
        allowUncertain,
        parts: [{ edit, sampling }],
        done: 0,
      } as const,
    ];
  });
  await Promise.all(jobs.map((job) => enqueue(studio, job)));
}

/** Takes the matrix's cells out of the queue; what is made stays. */
export function stopMatrix(studio: Studio): void {
  const state = studio.store.getState();
  const labels = new Set(
    chosen(state).map(([document, donor]) => `${document.id} ${cellLabel(document, donor) ?? ''}`),
  );
  for (const { job } of state.jobs) if (labels.has(`${job.documentId} ${job.label}`)) cancelJob(studio, job.id);
}
