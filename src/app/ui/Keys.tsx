/** A shortcut as key caps. */

import { isApple } from '../shortcuts/platform';
import { shortcutKeys } from '../shortcuts/shortcut';
import styles from './Keys.module.css';

export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span className={styles.keys}>
      {shortcutKeys(shortcut, isApple).map((key) => (
        <kbd key={key} className={styles.key}>
          {key}
        </kbd>
      ))}
    </span>
  );
}
