/** Our own manifest: what `training` reads, and what a set's table was until it took file_name (docs/sets.md). */

import type { Dialect } from './dialect';

export const counterpart: Dialect = {
  id: 'counterpart',
  title: 'Counterpart manifest',
  needs: ['path', 'source', 'split', 'patient'],
  role: 'films',
  file: { columns: ['path'] },
  patient: { columns: ['patient'] },
  split: { columns: ['split'] },
  source: { columns: ['source'] },
  labels: { kind: 'columns', classes: undefined },
};
