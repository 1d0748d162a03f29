/** How many jobs there are; opens to the list of them. */

import { ListOrdered } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { QueueList } from './QueueList';
import styles from './QueueButton.module.css';

export function QueueButton() {
  const jobs = useStudioState((state) => state.jobs);
  if (jobs.length === 0) return null;
  const failed = jobs.some(({ status }) => status === 'failed');
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button size="small" tone="quiet" icon={ListOrdered} data-failed={failed} className={styles.trigger}>
          Queue <span className={styles.count}>{jobs.length}</span>
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className={styles.popover} align="end" side="top" sideOffset={8} collisionPadding={12} aria-label="Queue">
          <h2 className={styles.title}>Queue</h2>
          <QueueList jobs={jobs} />
          <p className={styles.note}>One at a time. What is finished is kept, whatever becomes of the rest.</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
