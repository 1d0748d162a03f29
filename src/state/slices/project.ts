/** The project that all open radiographs belong to: its name, whether it is saved, and what was left undone in it. */

import type { StateCreator } from 'zustand/vanilla';
import type { ViewState } from '../../viewport/viewport';
import type { Problem } from '../../record/problem';
import type { ProjectIdentity } from '../../record/project/snapshot';
import type { ProjectSummary } from '../../record/project/projectStorage';
import type { Job } from '../../record/job';
import type { StudioDocument } from '../../record/studioDocument';

export type SaveState =
  | { readonly status: 'saved' }
  | { readonly status: 'saving' }
  | { readonly status: 'failed'; readonly problem: Problem };

export interface ProjectSlice {
  readonly project: ProjectIdentity;
  readonly saveState: SaveState;
  /** Kept in this browser, latest saved first. */
  readonly storedProjects: readonly ProjectSummary[];
  /** What was being made, or waited to be, when the page closed. */
  readonly interrupted: readonly Job[];
  /** How the picture was looked at when the project was saved, for the viewer to take up. */
  readonly restoredView: ViewState | undefined;
  /** Radiographs that were closed, the last of them last, each with all that belongs to it. */
  readonly closedDocuments: readonly StudioDocument[];
  /** Why the open project is not saved, while the user is asked whether to leave it all the same. */
  readonly leaveQuestion: Problem | undefined;
  setSaveState(saveState: SaveState): void;
  setLeaveQuestion(problem: Problem | undefined): void;
  setStoredProjects(projects: readonly ProjectSummary[]): void;
  setInterrupted(interrupted: readonly Job[]): void;
  setRestoredView(view: ViewState | undefined): void;
  nameProject(name: string): void;
}

/** 96 random bits. */
export function newProject(): ProjectIdentity {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const id = `project-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  return { id, name: undefined, createdAt: new Date().toISOString() };
}

export const MAX_PROJECT_NAME = 80;

export const createProjectSlice: StateCreator<ProjectSlice> = (set) => ({
  project: newProject(),
  saveState: { status: 'saved' },
  storedProjects: [],
  interrupted: [],
  restoredView: undefined,
  closedDocuments: [],
  leaveQuestion: undefined,
  setSaveState: (saveState) => {
    set({ saveState });
  },
  setLeaveQuestion: (leaveQuestion) => {
    set({ leaveQuestion });
  },
  setStoredProjects: (storedProjects) => {
    set({ storedProjects });
  },
  setInterrupted: (interrupted) => {
    set({ interrupted });
  },
  setRestoredView: (restoredView) => {
    set({ restoredView });
  },
  nameProject: (name) => {
    const trimmed = name.trim().slice(0, MAX_PROJECT_NAME);
    if (trimmed !== '') set(({ project }) => ({ project: { ...project, name: trimmed } }));
  },
});
