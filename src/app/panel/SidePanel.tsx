/** Right: the verdict always in sight, below it what is asked, judged or read, and the button that makes it at the foot. */

import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import * as names from '../../messages/en/names';
import * as say from '../../messages/en/panel';
import type { PanelTab } from '../../state/slices/surface';
import { ReadingPanel } from '../reading/ReadingPanel';
import { VerdictPanel } from '../receipt/VerdictPanel';
import { GenerateBar } from '../request/GenerateBar';
import { RequestPanel } from '../request/RequestPanel';
import { useStudioState } from '../StudioContext';
import styles from './SidePanel.module.css';
import { VerdictHead } from './VerdictHead';

const TABS: readonly { readonly tab: PanelTab; readonly label: () => string; readonly content: () => ReactNode }[] = [
  { tab: 'ask', label: say.ask, content: () => <RequestPanel /> },
  { tab: 'verdict', label: say.verdict, content: () => <VerdictPanel /> },
  { tab: 'reading', label: say.reading, content: () => <ReadingPanel /> },
];

export function SidePanel({ className }: { readonly className?: string | undefined }) {
  const tab = useStudioState((state) => state.panelTab);
  const setTab = useStudioState((state) => state.setPanelTab);
  return (
    <aside className={className} aria-label={names.requestAndReading()}>
      <VerdictHead />
      <Tabs.Root
        className={styles.root}
        value={tab}
        onValueChange={(value) => {
          setTab(TABS.find((each) => each.tab === value)?.tab ?? 'ask');
        }}
      >
        <Tabs.List className={styles.tabs} aria-label={say.tabs()}>
          {TABS.map(({ tab: each, label }) => (
            <Tabs.Trigger key={each} value={each} className={styles.tab}>
              {label()}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {/* All of them stay: what is typed, unfolded or scrolled to is there again. */}
        {TABS.map(({ tab: each, content }) => (
          <Tabs.Content
            key={each}
            value={each}
            forceMount
            className={styles.content}
            hidden={each !== tab}
            tabIndex={-1}
          >
            {content()}
          </Tabs.Content>
        ))}
      </Tabs.Root>
      <GenerateBar />
    </aside>
  );
}
