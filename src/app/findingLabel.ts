import type { Finding } from '../findings/vocabulary';
import { findingName } from '../findings/words';
import { capital } from '../messages/numbers';

/** "Opacity", "Pleural thickening". */
export function findingLabel(finding: Finding): string {
  return capital(findingName(finding));
}
