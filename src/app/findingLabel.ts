import { knowledgeOf } from '../findings/knowledge';
import type { Finding } from '../findings/vocabulary';

/** "Opacity", "Pleural thickening". */
export function findingLabel(finding: Finding): string {
  const { name } = knowledgeOf(finding);
  return name.charAt(0).toUpperCase() + name.slice(1);
}
