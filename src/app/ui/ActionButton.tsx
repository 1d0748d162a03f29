/** An action as an icon button: name, shortcut, state and predicate come from the action. */

import type { ComponentProps } from 'react';
import { isEnabled, type Action } from '../actions/action';
import { isApple } from '../shortcuts/platform';
import { ariaShortcut } from '../shortcuts/shortcut';
import { useStudio, useStudioState } from '../StudioContext';
import styles from './ActionButton.module.css';
import { Hint } from './Hint';

interface ActionButtonProps extends Omit<ComponentProps<'button'>, 'onClick'> {
  readonly action: Action;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** A word under the icon, where there is no need to guess it. */
  readonly word?: string | undefined;
}

export function ActionButton({ action, side = 'right', word, ...rest }: ActionButtonProps) {
  const studio = useStudio();
  const enabled = useStudioState((state) => isEnabled(action, state));
  const pressed = useStudioState((state) => action.pressed?.(state));
  const { icon: Icon } = action;
  const shortcut = action.shortcuts?.[0];
  return (
    <Hint label={action.label()} shortcut={shortcut} side={side}>
      <button
        {...rest}
        type="button"
        className={styles.button}
        data-worded={word !== undefined}
        aria-label={action.label()}
        aria-pressed={pressed}
        aria-keyshortcuts={shortcut === undefined ? undefined : ariaShortcut(shortcut, isApple)}
        aria-disabled={!enabled}
        onClick={() => {
          if (enabled) void action.perform(studio);
        }}
      >
        {Icon === undefined ? null : <Icon aria-hidden size={17} strokeWidth={1.6} />}
        {word === undefined ? null : <span className={styles.word}>{word}</span>}
      </button>
    </Hint>
  );
}
