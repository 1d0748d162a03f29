/** Asks for counterfactuals of the radiograph on the screen: one, several seeds, the best of many noises, or five grades. */

import { lessThanSeenInWords } from '../../counterfactual/remarks';
import type { SearchOptions } from '../../counterfactual/search/searchEdit';
import { formatEdit } from '../../findings/editText';
import { changeOf } from '../../findings/change';
import { MAX_SEVERITY } from '../../findings/vocabulary';
import { knowledgeOf } from '../../findings/knowledge';
import { findingName } from '../../findings/words';
import * as reasons from '../../messages/en/reasons';
import { backOnce } from '../../messages/en/request';
import { allAsked, MAX_SEED, withNextSeed } from '../../record/editRequest';
import { lessMeant, wouldGrow } from '../lessened';
import { boundingMask, locatedIn } from '../locate';
import { editKind, obstacle, toEdit, toSamplingOptions, toSweep } from '../requestedEdit';
import { newJobId, type Job, type JobKind, type JobPart } from '../../record/job';
import { givesBack, seedsAsked } from '../seeds';
import { samplingFor } from '../release';
import { currentDocument } from '../slices/documents';
import { jobUnderWay } from '../slices/queue';
import type { StudioState } from '../store';
import type { Studio } from '../studio';
import { analysisOf, baseAnalysis, baseImageNow, openDoubt, type StudioDocument } from '../../record/studioDocument';
import { enqueue, finishJob } from './queue';

/** Why no counterfactual can be asked for now, in words; undefined when one can. Work that is under way is no reason: it queues. */
export function whyNotGenerate(state: StudioState): string | undefined {
  const document = currentDocument(state);
  if (document === undefined) return reasons.openFirst();
  if (state.engine.status === 'starting') return reasons.networksLoading();
  if (state.engine.status === 'failed') return reasons.networksMissing();
  const { status } = baseAnalysis(document);
  if (status === 'failed') return reasons.notRead();
  if (status !== 'ready') return reasons.beingRead();
  if (baseImageNow(document) === undefined) return reasons.pixelsComing();
  if (openDoubt(document) !== undefined) return reasons.confirmFrontal();
  const why = obstacle(document.request, document.mask);
  if (why !== undefined) return why;
  const { request, mask } = document;
  const reading = analysisOf(document)?.reading;
  const asked = mask === undefined ? allAsked(request) : [changeOf(request)];
  const grows = reading && wouldGrow(request.text, asked, reading, mask);
  if (grows !== undefined)
    return `${reasons.lessAlready({ finding: findingName(grows) })} ${(mask === undefined ? reasons.paintOrRemove : reasons.askRemoval)()}`;
  return locatedIn(document)?.length === 0
    ? reasons.notLocated({ finding: findingName(document.request.finding) })
    : undefined;
}

/** What of the request may surprise, though it can be made; undefined: nothing, or nothing can be made. */
export function remarkBefore(state: StudioState): string | undefined {
  const document = currentDocument(state);
  const reading = analysisOf(document)?.reading;
  if (document === undefined || reading === undefined || whyNotGenerate(state) !== undefined) return undefined;
  const { request, mask } = document;
  const less = lessMeant(request.text, toEdit(request, mask, reading.zoneSeverity), reading);
  return less && lessThanSeenInWords(less);
}

/** Asked severities of a sweep, as in the measurements of control (docs/evaluation-harness.md). */
export const SWEEP_GRADES: readonly number[] = [0, 0.75, 1.5, 2.25, MAX_SEVERITY];

/** Steps of each tried noise, where the user has not chosen: few, as many are tried, and as good to the judge as 12 (docs/evaluation.md). */
const SEARCH_STEPS = 8;

/** Sixteen tries after the first, each round around the best so far. docs/receipt.md says how the prices were chosen. */
export const SEARCH: SearchOptions = { rounds: 4, candidates: 4, rho: 0.6, beta: 8, gamma: 0.5 };

/** Why no sweep can be asked for, beyond what stops any request. */
export function whyNotSweep(state: StudioState): string | undefined {
  const document = currentDocument(state);
  if (document !== undefined && !knowledgeOf(document.request.finding).opacityLike) return reasons.onlyOpacity();
  return whyNotGenerate(state);
}

/** Why no better noise can be looked for, beyond what stops any request. */
export function whyNotExplore(state: StudioState): string | undefined {
  const document = currentDocument(state);
  return whyNotGenerate(state) ?? (document !== undefined && givesBack(document) ? backOnce() : undefined);
}

/** As many as the seeds say: one becomes a version at once, several become candidates. */
export async function generate(studio: Studio): Promise<void> {
  const seedCount = seedsAsked(studio.store.getState());
  await ask(studio, seedCount === 1 ? 'single' : 'candidates', (document, state) => {
    const part = partOf(document, state);
    return Array.from({ length: seedCount }, (_, index) => withSeed(part, index));
  });
}

/** Looks for the noise whose outcome shows best what is asked. */
export async function explore(studio: Studio): Promise<void> {
  if (whyNotExplore(studio.store.getState()) !== undefined) return;
  await ask(studio, 'search', (document, state) => {
    const part = partOf(document, state);
    const steps = document.request.sampling.steps ?? Math.min(SEARCH_STEPS, part.sampling.steps);
    const chosen = [...new Set([...(part.sampling.chosen ?? []), 'steps' as const])];
    return [{ ...part, sampling: { ...part.sampling, steps, chosen }, search: SEARCH }];
  });
}

/** The same patient, seed and place at five grades; all of one kind, so that nothing but the grade differs. */
export async function sweep(studio: Studio): Promise<void> {
  if (whyNotSweep(studio.store.getState()) !== undefined) return;
  await ask(studio, 'sweep', (document, state) => {
    const { request, mask } = document;
    const kind = editKind(request, analysisOf(document)?.reading.zoneSeverity);
    const sampling = toSamplingOptions(request, samplingFor(state.release, kind));
    return toSweep(request, mask, SWEEP_GRADES).map((edit) => ({ edit, sampling }));
  });
}

async function ask(
  studio: Studio,
  kind: JobKind,
  parts: (document: StudioDocument, state: StudioState) => readonly JobPart[],
): Promise<void> {
  const state = studio.store.getState();
  const document = currentDocument(state);
  if (document === undefined || whyNotGenerate(state) !== undefined) return;
  const job: Job = {
    id: newJobId(),
    kind,
    documentId: document.id,
    baseVersionId: document.baseVersionId,
    label: labelOf(document),
    allowUncertain: document.acceptedAsFrontal,
    parts: parts(document, state),
    done: 0,
  };
  const used = kind === 'candidates' ? job.parts.length : 1;
  // Not a step to undo: the seed moves on by itself. At once, as the next request may be queued before this one is done.
  state.updateDocument(document.id, 'transient', (open) => ({ ...open, request: withNextSeed(open.request, used) }));
  await enqueue(studio, job);
}

/** What is asked, in words: as typed, or of one of several findings where a mask is of it alone. */
function labelOf({ request, mask }: StudioDocument): string {
  const own = allAsked(request)[request.position];
  return request.further.length === 0 || mask === undefined || own === undefined ? request.text : formatEdit(own);
}

function partOf(document: StudioDocument, { release, locatedChoice }: StudioState): JobPart {
  const mask = boundingMask(document, locatedChoice);
  const edit = toEdit(document.request, mask, analysisOf(document)?.reading.zoneSeverity);
  return { edit, sampling: toSamplingOptions(document.request, samplingFor(release, edit.kind)) };
}

function withSeed({ edit, sampling }: JobPart, offset: number): JobPart {
  return { edit, sampling: { ...sampling, seed: (sampling.seed + offset) % (MAX_SEED + 1) } };
}

/** Ends what is under way, and keeps what it has found so far. */
export function cancelGeneration(studio: Studio): void {
  const found = jobUnderWay(studio.store.getState());
  if (found !== undefined) finishJob(studio, found.job.id);
}
