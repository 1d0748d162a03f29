/** Messages over the screen. Errors stay until dismissed; a success leaves by itself. */

import { CircleCheck, CircleX, TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import * as say from '../../messages/en/names';
import type { Notice } from '../../state/slices/notices';
import { useStudioState } from '../StudioContext';
import { CrossButton } from '../ui/CrossButton';
import { CopyDetails, ProblemText } from '../ui/Problem';
import styles from './Notices.module.css';

const ICONS = { success: CircleCheck, warning: TriangleAlert, error: CircleX } as const;
const SUCCESS_MILLISECONDS = 3500;

function Card({ notice }: { readonly notice: Notice }) {
  const dismiss = useStudioState((state) => state.dismissNotice);
  const { id, tone, title, problems } = notice;
  const Icon = ICONS[tone];
  useEffect(() => {
    if (tone !== 'success') return;
    const timer = setTimeout(() => {
      dismiss(id);
    }, SUCCESS_MILLISECONDS);
    return () => {
      clearTimeout(timer);
    };
  }, [id, tone, dismiss]);
  return (
    <div className={styles.card} data-tone={tone} role={tone === 'success' ? 'status' : 'alert'}>
      <Icon aria-hidden size={18} className={styles.icon} />
      <div className={styles.body}>
        <p className={styles.title}>{title}</p>
        {problems.length === 0 ? null : (
          <ul className={styles.problems}>
            {problems.map((problem) => (
              <li key={problem.message}>
                <ProblemText problem={problem} />
              </li>
            ))}
          </ul>
        )}
        {problems.length === 0 ? null : (
          <div className={styles.foot}>
            <CopyDetails problems={problems} />
          </div>
        )}
      </div>
      <CrossButton
        label={say.dismiss()}
        onClick={() => {
          dismiss(id);
        }}
      />
    </div>
  );
}

export function Notices() {
  const notices = useStudioState((state) => state.notices);
  return (
    <section className={styles.region} aria-label={say.messages()}>
      <ul className={styles.list}>
        {notices.map((notice) => (
          <li key={notice.id}>
            <Card notice={notice} />
          </li>
        ))}
      </ul>
    </section>
  );
}
