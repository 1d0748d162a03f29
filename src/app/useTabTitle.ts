/** The tab tells how far a counterfactual is, so that one can look elsewhere meanwhile. */

import { useEffect } from 'react';
import { currentDocument } from '../state/slices/documents';
import type { StudioState } from '../state/store';
import { progressPercent } from './request/progressPercent';
import { useStudioState } from './StudioContext';

const PRODUCT = 'Counterpart';

export function tabTitle(state: StudioState): string {
  const name = currentDocument(state)?.radiograph.name;
  const title = name === undefined ? PRODUCT : `${name} – ${PRODUCT}`;
  const { generation } = state;
  return generation.status === 'running' ? `${String(progressPercent(generation))} % · ${title}` : title;
}

export function useTabTitle(): void {
  const title = useStudioState(tabTitle);
  useEffect(() => {
    document.title = title;
  }, [title]);
}
