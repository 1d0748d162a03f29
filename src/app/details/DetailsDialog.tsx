/** All that is known of the film on the screen: what it is, what its file says, and what was mended, left out or doubted on opening. */

import { useEffect, useState } from 'react';
import type { Radiograph } from '../../imaging/radiograph';
import * as say from '../../messages/en/details';
import { textOf } from '../../state/commands/lookForText';
import { currentDocument } from '../../state/slices/documents';
import { Sheet } from '../dialogs/Sheet';
import { radiographFacts } from '../stage/radiographFacts';
import { useStudio } from '../StudioContext';
import styles from './DetailsDialog.module.css';
import { filmDetails } from './filmDetails';

export default function DetailsDialog() {
  const studio = useStudio();
  // Another film may come to the screen below.
  const [radiograph] = useState(() => currentDocument(studio.store.getState())?.radiograph);
  return radiograph === undefined ? null : <DetailsSheet radiograph={radiograph} />;
}

function useWriting(radiograph: Radiograph): string {
  const studio = useStudio();
  const [outcome, setOutcome] = useState<string>();
  useEffect(() => {
    void textOf(studio, radiograph).then((boxes) => {
      setOutcome(boxes === undefined ? say.notSearched() : say.found({ count: boxes.length }));
    });
  }, [studio, radiograph]);
  return outcome ?? say.searching();
}

function DetailsSheet({ radiograph }: { readonly radiograph: Radiograph }) {
  const { name, notes } = radiograph;
  const writing = useWriting(radiograph);
  const rows = [...filmDetails(radiograph), [say.writing(), writing] as const];
  return (
    <Sheet name="details" title={name} about={radiographFacts(radiograph)} narrow>
      <div className={styles.sections}>
        <section>
          <h3 className={styles.title}>{say.notes()}</h3>
          {notes.length === 0 ? (
            <p>{say.noNotes()}</p>
          ) : (
            <ul className={styles.notes}>
              {[...new Set(notes)].map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          )}
        </section>
        <section>
          <h3 className={styles.title}>{say.stated()}</h3>
          <dl className={styles.rows}>
            {rows.map(([term, value]) => (
              <div key={term} className={styles.row}>
                <dt>{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
    </Sheet>
  );
}
