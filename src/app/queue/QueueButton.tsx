/** How many jobs there are; opens to the list of them. */

import { ListOrdered } from 'lucide-react';
import { Popover } from 'radix-ui';
import * as say from '../../messages/en/queue';
import { useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { Rich } from '../ui/Rich';
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
          <Rich message={say.button} tags={{ count: () => <span className={styles.count}>{jobs.length}</span> }} />
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          align="end"
          side="top"
          sideOffset={8}
          collisionPadding={12}
          aria-label={say.title()}
        >
          <h2 className={styles.title}>{say.title()}</h2>
          <QueueList jobs={jobs} />
          <p className={styles.note}>{say.note()}</p>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
