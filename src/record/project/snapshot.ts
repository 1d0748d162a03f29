/** A project as one plain value: what is kept of the state, and how the state becomes that again. Pure. */

import * as names from '../../messages/en/names';
import { inStep } from '../editRequest';
import { packedHistory, type History, type Step } from '../history/history';
import { maskSet } from '../masks/namedMasks';
import type { Job, QueuedJob } from '../job';
import type { AnalysisState, StudioDocument } from '../studioDocument';
import type { ComparisonMode, SavedView } from './view';

export const PROJECT_FORMAT = 'counterpart-project';
/** Raised with every change that older studios would misread; see migrate.ts. */
export const PROJECT_VERSION = 2;

export interface ProjectSnapshot {
  readonly format: typeof PROJECT_FORMAT;
  readonly version: typeof PROJECT_VERSION;
  readonly id: string;
  /** Undefined until the user gives one; see projectTitle. */
  readonly name: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly documents: readonly StudioDocument[];
  readonly currentId: string | undefined;
  readonly comparison: ComparisonMode;
  readonly comparedId: string | undefined;
  readonly swipePosition: number;
  /** Window, zoom and place of the picture on the screen. */
  readonly view: SavedView | undefined;
  /** What was asked for and is not finished; still there when the page comes back after a crash. */
  readonly jobs: readonly Job[];
}

export interface ProjectIdentity {
  readonly id: string;
  /** Undefined until the user gives one. */
  readonly name: string | undefined;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** What a project is made of: when one of these changes there is something to save. */
export interface ProjectParts {
  readonly project: ProjectIdentity;
  readonly documents: readonly StudioDocument[];
  readonly currentId: string | undefined;
  readonly comparison: ComparisonMode;
  readonly comparedId: string | undefined;
  readonly swipePosition: number;
  readonly view: SavedView | undefined;
  /** Saved with the project, until the viewer has taken it up. */
  readonly restoredView: SavedView | undefined;
  readonly jobs: readonly QueuedJob[];
  /** What was left undone when the page closed. */
  readonly interrupted: readonly Job[];
}

export function takeSnapshot(state: ProjectParts): ProjectSnapshot {
  const { id, name, createdAt } = state.project;
  return {
    format: PROJECT_FORMAT,
    version: PROJECT_VERSION,
    id,
    name,
    createdAt,
    documents: state.documents.map(settled),
    currentId: state.currentId,
    comparison: state.comparison,
    comparedId: state.comparedId,
    swipePosition: state.swipePosition,
    view: state.view ?? state.restoredView,
    jobs: [...state.interrupted, ...unfinished(state.jobs)],
  };
}

/** A receipt's undo is asked for again by the receipt itself; what failed has been said. */
function unfinished(jobs: readonly QueuedJob[]): readonly Job[] {
  return jobs.flatMap(({ job, status }) => (job.kind === 'undo' || status === 'failed' ? [] : [job]));
}

/** What was being computed has to be computed again. */
function settledAnalysis(analysis: AnalysisState): AnalysisState {
  return analysis.status === 'ready' ? analysis : { status: 'waiting' };
}

function settled(document: StudioDocument): StudioDocument {
  return {
    ...document,
    history: packedHistory(document.history),
    analysis: settledAnalysis(document.analysis),
    versions: document.versions.map((version) => ({ ...version, analysis: settledAnalysis(version.analysis) })),
  };
}

/** The clock of the steps ended with the page that made them: the next use of a control is a step of its own. */
function ended(step: Step): Step {
  return step.kind === 'request' ? { ...step, control: '', at: 0 } : step;
}

function endedHistory({ past, future }: History): History {
  return { past: past.map(ended), future: future.map(ended) };
}

/** What the state takes over from a snapshot. */
export function restoredState({
  id,
  name,
  createdAt,
  documents,
  currentId,
  view,
  comparison,
  comparedId,
  swipePosition,
  jobs,
}: ProjectSnapshot) {
  return {
    project: { id, name, createdAt },
    documents: documents.map((document) => ({
      ...settled(document),
      // The pixels of the mask in use are the list's.
      ...maskSet(document.masks, document.activeMaskId),
      request: inStep(document.request),
      history: endedHistory(document.history),
    })),
    currentId: documents.some((document) => document.id === currentId) ? currentId : documents[0]?.id,
    comparison,
    comparedId,
    swipePosition,
    restoredView: view,
    interrupted: jobs,
  } as const;
}

/** What a project is called on the screen. */
export function projectTitle({ project: { name }, documents }: Pick<ProjectParts, 'project' | 'documents'>): string {
  const [first, ...others] = documents;
  if (name !== undefined || first === undefined) return name ?? names.newProject();
  return others.length === 0
    ? first.radiograph.name
    : names.andOthers({ name: first.radiograph.name, count: others.length });
}
