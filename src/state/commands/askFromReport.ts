import type { PlacedFinding } from '../../findings/combinations';
import type { Studio } from '../studio';
import { clearMask } from './mask';
import { askFor } from './request';

/** What was ticked becomes the request. A painted mask would give it one place, and goes; undo brings it back. */
export function askFromReport(studio: Studio, findings: readonly PlacedFinding[]): void {
  clearMask(studio);
  askFor(studio, findings, 'From a report');
}
