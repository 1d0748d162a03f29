/** Says what of a project could not be kept. */

import * as notices from '../../messages/en/notices';
import type { StudioStore } from '../store';

export function tellLosses(store: StudioStore, losses: readonly string[]): void {
  if (losses.length === 0) return;
  const problem = {
    code: 'project-repaired',
    message: losses.join(' '),
    advice: notices.partLostAdvice(),
    details: [],
  };
  store.getState().notify({ tone: 'warning', title: notices.partLost(), problems: [problem] });
}
