/** What can be done with one named mask. */

import {
  CopyPlus,
  Ellipsis,
  Pencil,
  SquaresIntersect,
  SquaresSubtract,
  SquaresUnite,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import type { Combination } from '../../imaging/mask-combine';
import * as say from '../../messages/en/masks';
import type { NamedMask } from '../../record/masks/namedMasks';
import { combineWithMask, deleteMask, duplicateMask } from '../../state/commands/namedMasks';
import { currentDocument } from '../../state/slices/documents';
import { useStudio, useStudioState } from '../StudioContext';
import { DropdownMenuContent, type MenuEntry } from '../ui/Menu';
import styles from './MaskMenu.module.css';

const COMBINATIONS: readonly { readonly how: Combination; readonly label: () => string; readonly icon: LucideIcon }[] =
  [
    { how: 'union', label: say.unite, icon: SquaresUnite },
    { how: 'subtract', label: say.subtract, icon: SquaresSubtract },
    { how: 'intersect', label: say.intersect, icon: SquaresIntersect },
  ];

interface MaskMenuProps {
  readonly named: NamedMask;
  readonly active: boolean;
  readonly onRename: () => void;
}

export function MaskMenu({ named, active, onRename }: MaskMenuProps) {
  const studio = useStudio();
  const hasMask = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  const entries: readonly MenuEntry[] = [
    { label: say.rename(), icon: Pencil, takesFocus: true, onSelect: onRename },
    {
      label: say.duplicate(),
      icon: CopyPlus,
      onSelect: () => {
        duplicateMask(studio, named.id);
      },
    },
    {
      label: say.remove(),
      icon: Trash2,
      onSelect: () => {
        deleteMask(studio, named.id);
      },
    },
    ...(active ? [] : COMBINATIONS).map(({ how, label, icon }, index) => ({
      label: label(),
      icon,
      separated: index === 0,
      disabled: !hasMask || named.mask === undefined,
      onSelect: () => {
        combineWithMask(studio, named.id, how);
      },
    })),
  ];
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className={styles.trigger} aria-label={say.more({ name: named.name })}>
        <Ellipsis aria-hidden size={15} />
      </DropdownMenu.Trigger>
      <DropdownMenuContent label={named.name} entries={entries} />
    </DropdownMenu.Root>
  );
}
