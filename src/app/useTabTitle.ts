/** The tab tells how far a counterfactual is, so that one can look elsewhere meanwhile. */

import { useEffect } from 'react';
import * as say from '../messages/en/names';
import { percent } from '../messages/numbers';
import { currentDocument } from '../state/slices/documents';
import type { StudioState } from '../state/store';
import { progressPercent } from '../state/queue/timing';
import { useStudioState } from './StudioContext';

export function tabTitle(state: StudioState): string {
  const name = currentDocument(state)?.radiograph.name;
  const title = name === undefined ? say.product() : say.tabTitle({ name, product: say.product() });
  const { generation, jobs } = state;
  if (generation.status !== 'running') return title;
  const waiting = jobs.filter(({ status }) => status === 'waiting').length;
  const status = generation.heldAt === undefined ? percent(progressPercent(generation) / 100) : say.paused();
  return waiting === 0 ? say.tabWorking({ status, title }) : say.tabQueue({ status, count: waiting, title });
}

export function useTabTitle(): void {
  const title = useStudioState(tabTitle);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
