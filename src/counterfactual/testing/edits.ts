import { changeOf, type LooseChange } from '../../findings/change';
import type { Edit } from '../edit';

export type LooseEdit = LooseChange & Pick<Edit, 'further' | 'mask'>;

/** An edit with some of it otherwise, its kind included. */
export function editWith(edit: Edit, changes: Partial<LooseEdit> = {}): Edit {
  const { further, mask, ...loose }: LooseEdit = { ...edit, ...changes };
  return {
    ...changeOf(loose),
    ...(further === undefined ? {} : { further }),
    ...(mask === undefined ? {} : { mask }),
  };
}
