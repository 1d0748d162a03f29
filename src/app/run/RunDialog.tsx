/** A plan carried through: its run, the review of what it made, and the export of what was accepted. */

import { Tabs } from 'radix-ui';
import { useMemo } from 'react';
import * as say from '../../messages/en/run';
import { finishedOf, type OpenRun, type RunTab } from '../../state/slices/run';
import { reviewItems } from '../../state/run/reviewFilter';
import { Sheet } from '../dialogs/Sheet';
import { useStudioState } from '../StudioContext';
import { ExportPart } from './ExportPart';
import { ReviewPart } from './ReviewPart';
import styles from './RunDialog.module.css';
import { RunList } from './RunList';
import { RunPart } from './RunPart';

const TABS: readonly RunTab[] = ['run', 'review', 'export'];

export default function RunDialog() {
  const run = useStudioState((state) => state.run);
  if (run !== undefined) return <OpenRunDialog run={run} />;
  return (
    <Sheet name="run" title={say.runs()} about={say.runsAbout()}>
      <RunList />
    </Sheet>
  );
}

function OpenRunDialog({ run }: { readonly run: OpenRun }) {
  const tab = useStudioState((state) => state.runTab);
  const setTab = useStudioState((state) => state.setRunTab);
  const items = useMemo(() => reviewItems(run), [run]);
  const failed = [...run.outcomes.values()].filter(({ status }) => status === 'failed').length;
  const label = (each: RunTab): string =>
    each === 'run' ? say.run() : each === 'review' ? say.review({ count: items.length }) : say.exportTab();
  return (
    <Sheet name="run" title={say.title()} about={say.about({ name: run.place.name, failed, ...finishedOf(run) })} tall>
      <Tabs.Root
        className={styles.root}
        value={tab}
        onValueChange={(value) => {
          setTab(TABS.find((each) => each === value) ?? 'run');
        }}
      >
        <Tabs.List className={styles.tabs} aria-label={say.tabs()}>
          {TABS.map((each) => (
            <Tabs.Trigger key={each} value={each} className={styles.tab}>
              {label(each)}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value="run" className={styles.content}>
          <RunPart run={run} />
        </Tabs.Content>
        <Tabs.Content value="review" className={styles.filled}>
          <ReviewPart run={run} items={items} />
        </Tabs.Content>
        <Tabs.Content value="export" className={styles.content}>
          <ExportPart run={run} items={items} />
        </Tabs.Content>
      </Tabs.Root>
    </Sheet>
  );
}
