/** The tab tells how far a counterfactual is, so that one can look elsewhere meanwhile. */

import { useEffect } from 'react';
import { currentDocument } from '../state/slices/documents';
import type { StudioState } from '../state/store';
import { progressPercent } from '../state/queue/timing';
import { useStudioState } from './StudioContext';

const PRODUCT = 'Counterpart';

export function tabTitle(state: StudioState): string {
  const name = currentDocument(state)?.radiograph.name;
  const title = name === undefined ? PRODUCT : `${name} – ${PRODUCT}`;
  const { generation, jobs } = state;
  if (generation.status !== 'running') return title;
  const waiting = jobs.filter(({ status }) => status === 'waiting').length;
  const more = waiting === 0 ? '' : ` + ${String(waiting)} waiting`;
  const done = generation.heldAt === undefined ? `${String(progressPercent(generation))} %` : 'Paused';
  return `${done}${more} · ${title}`;
}

export function useTabTitle(): void {
  const title = useStudioState(tabTitle);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
