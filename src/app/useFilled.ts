import { useDeferredValue } from 'react';
import { useStudioState } from './StudioContext';

/**
 * Whether a radiograph is open, for what is drawn only then: true a moment late, so that it is drawn in short tasks and not in the
 * one that opens the radiograph; false at once, as there is nothing left to draw.
 */
export function useFilled(): boolean {
  const open = useStudioState((state) => state.documents.length > 0);
  return useDeferredValue(open) && open;
}
