/** What was accepted, in the formats that others read. */

import { FolderDown, Package, Square } from 'lucide-react';
import { useRef, useState } from 'react';
import { EXPORT_FORMATS, USUAL_FORMATS } from '../../export/registry';
import * as say from '../../messages/en/run';
import { exportRunFolder, exportRunZip, type ExportChoice } from '../../state/commands/exportRun';
import { chooseFilms } from '../../state/commands/planRun';
import type { ReviewItem } from '../../state/run/reviewFilter';
import type { OpenRun } from '../../state/slices/run';
import type { Studio } from '../../state/studio';
import { useStudio } from '../StudioContext';
import { Button } from '../ui/Button';
import styles from './ExportPart.module.css';

const WORDS: Readonly<Record<string, () => string>> = {
  png: say.png,
  png8: say.png8,
  dicom: say.dicom,
  sr: say.sr,
  masks: say.masks,
  recipes: say.recipes,
  originals: say.originals,
  coco: say.coco,
  yolo: say.yolo,
  nnunet: say.nnunet,
  imagefolder: say.imageFolder,
  dialect: say.dialect,
  croissant: say.croissant,
  card: say.cardFormat,
  datasheet: say.datasheet,
};

export function ExportPart({ run, items }: { readonly run: OpenRun; readonly items: readonly ReviewItem[] }) {
  const studio = useStudio();
  const [formats, setFormats] = useState<ReadonlySet<string>>(new Set(USUAL_FORMATS));
  const [all, setAll] = useState(false);
  const [done, setDone] = useState<{ readonly finished: number; readonly total: number }>();
  const stop = useRef<AbortController>(undefined);
  const accepted = items.filter((item) => item.accepted);
  const needsFilms = formats.has('originals') && run.films === undefined;
  const toggle = (id: string) => () => {
    const next = new Set(formats);
    if (!next.delete(id)) next.add(id);
    setFormats(next);
  };
  const begin = (write: (studio: Studio, choice: ExportChoice) => Promise<void>) => async () => {
    stop.current = new AbortController();
    setDone({ finished: 0, total: all ? items.length : accepted.length });
    await write(studio, {
      formats: EXPORT_FORMATS.map(({ id }) => id).filter((id) => formats.has(id)),
      all,
      signal: stop.current.signal,
      onItem: (finished, total) => {
        setDone({ finished, total });
      },
    });
    setDone(undefined);
  };
  const isPossible = (all ? items : accepted).length > 0 && formats.size > 0 && !needsFilms && done === undefined;
  return (
    <div className={styles.part}>
      <p>
        {say.exportAbout({
          accepted: accepted.length,
          decided: accepted.filter(({ decision }) => decision === 'accept').length,
        })}
      </p>
      <fieldset className={styles.formats} disabled={done !== undefined}>
        <legend>{say.formats()}</legend>
        {EXPORT_FORMATS.map(({ id, about }) => (
          <label key={id} className={styles.format}>
            <input type="checkbox" checked={formats.has(id)} onChange={toggle(id)} />
            {WORDS[id]?.() ?? about}
          </label>
        ))}
      </fieldset>
      {needsFilms ? (
        <Button size="small" onClick={() => void chooseFilms(studio)}>
          {say.chooseFilms()}
        </Button>
      ) : null}
      <p className={styles.quiet}>{say.always()}</p>
      <label className={styles.format}>
        <input
          type="checkbox"
          checked={all}
          onChange={(event) => {
            setAll(event.target.checked);
          }}
        />
        {say.alsoRejected()}
      </label>
      <div className={styles.deeds}>
        <Button tone="primary" icon={Package} disabled={!isPossible} onClick={() => void begin(exportRunZip)()}>
          {say.toZip()}
        </Button>
        {studio.services.runs.hasFolders ? (
          <Button icon={FolderDown} disabled={!isPossible} onClick={() => void begin(exportRunFolder)()}>
            {say.toFolder()}
          </Button>
        ) : null}
        {done === undefined ? null : (
          <>
            <span role="status">{say.exporting(done)}</span>
            <Button
              icon={Square}
              onClick={() => {
                stop.current?.abort();
              }}
            >
              {say.stop()}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
