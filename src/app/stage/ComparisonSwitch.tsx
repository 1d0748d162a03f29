/** Source, counterfactual, difference, swipe, side by side, blink. */

import { ToggleGroup } from 'radix-ui';
import * as say from '../../messages/en/stage';
import { shownResult } from '../../state/shownResult';
import type { ComparisonMode } from '../../record/project/view';
import {
  actionBlink,
  actionShowBlink,
  actionShowCounterfactual,
  actionShowDifference,
  actionShowSideBySide,
  actionShowSource,
  actionShowSwipe,
} from '../actions/compare';
import { useStudio, useStudioState } from '../StudioContext';
import { Hint } from '../ui/Hint';
import styles from './ComparisonSwitch.module.css';

const MODES = [
  { mode: 'source', action: actionShowSource },
  { mode: 'counterfactual', action: actionShowCounterfactual },
  { mode: 'difference', action: actionShowDifference },
  { mode: 'swipe', action: actionShowSwipe },
  { mode: 'sideBySide', action: actionShowSideBySide },
  { mode: 'blink', action: actionShowBlink },
] as const satisfies readonly { readonly mode: ComparisonMode; readonly action: unknown }[];

export function ComparisonSwitch() {
  const studio = useStudio();
  const comparison = useStudioState((state) => state.comparison);
  const blinking = useStudioState((state) => state.blinking);
  const hasResult = useStudioState((state) => shownResult(state) !== undefined);
  const shown = hasResult && (!blinking || comparison === 'blink') ? comparison : 'source';
  const { icon: Blink } = actionBlink;
  return (
    <div className={styles.compare}>
      <Hint label={actionBlink.label()} shortcut={actionBlink.shortcuts?.[0]}>
        <button
          type="button"
          className={styles.blink}
          aria-label={actionBlink.label()}
          aria-pressed={blinking}
          aria-disabled={!hasResult}
          onPointerDown={() => {
            if (hasResult) void actionBlink.perform(studio);
          }}
          onPointerUp={() => actionBlink.release?.(studio)}
          onPointerLeave={() => actionBlink.release?.(studio)}
          onKeyDown={({ key, repeat }) => {
            if (hasResult && !repeat && (key === ' ' || key === 'Enter')) void actionBlink.perform(studio);
          }}
          onKeyUp={() => actionBlink.release?.(studio)}
          onBlur={() => actionBlink.release?.(studio)}
        >
          {Blink === undefined ? null : <Blink aria-hidden size={16} strokeWidth={1.6} />}
          <span className={styles.hold}>{say.hold()}</span>
        </button>
      </Hint>
      <ToggleGroup.Root
        type="single"
        className={styles.group}
        aria-label={say.comparison()}
        value={shown}
        onValueChange={(value) => {
          void MODES.find(({ mode }) => mode === value)?.action.perform(studio);
        }}
      >
        {MODES.map(({ mode, action }) => {
          const { icon: Icon } = action;
          return (
            <ToggleGroup.Item
              key={mode}
              value={mode}
              className={styles.item}
              disabled={!hasResult && mode !== 'source'}
              aria-label={action.label()}
              title={say.withKey({ action: action.label(), key: action.shortcuts?.[0] ?? '' })}
            >
              {Icon === undefined ? null : <Icon aria-hidden size={15} strokeWidth={1.6} />}
              <span className={styles.label}>{action.label()}</span>
            </ToggleGroup.Item>
          );
        })}
      </ToggleGroup.Root>
    </div>
  );
}
