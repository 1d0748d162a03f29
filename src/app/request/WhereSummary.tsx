/** Beside the diagram: the places chosen, what bounds the change, and what the colours mean. */

import { isRemoval } from '../../findings/change';
import { SquarePlus, Trash2, TriangleAlert } from 'lucide-react';
import { drawnKind } from '../../findings/drawn';
import { knowledgeOf } from '../../findings/knowledge';
import { objection, type PlausibleEdit } from '../../findings/nearest';
import * as say from '../../messages/en/request';
import { capital } from '../../messages/numbers';
import type { EditRequest } from '../../record/editRequest';
import { choosePlaces } from '../../state/commands/request';
import { locatedIn } from '../../state/locate';
import { currentDocument, currentVersion } from '../../state/slices/documents';
import { isEnabled } from '../actions/action';
import { actionClearMask, actionMaskFromZones } from '../actions/maskPixels';
import { maskShare } from '../stage/maskShare';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { CrossButton } from '../ui/CrossButton';
import { LocatedLesion } from './LocatedLesion';
import { placesText } from './placesText';
import styles from './WhereSummary.module.css';

/** Together with others, or by a sampler that is asked for by name, it is left to the denoiser. */
function isFoundToGo({ kind, finding, further, sampling }: EditRequest): boolean {
  const draws = sampling.sampler === 'auto' || sampling.sampler === 'sketch';
  return kind === 'remove' && further.length === 0 && draws && drawnKind(finding)?.foundToGo === true;
}

function Bounds() {
  const mask = useStudioState((state) => currentDocument(state)?.mask);
  const places = useStudioState((state) => currentDocument(state)?.request.places.length ?? 0);
  const reaches = useStudioState((state) => {
    const request = currentDocument(state)?.request;
    return request !== undefined && !isRemoval(request) && knowledgeOf(request.finding).site !== 'lung';
  });
  const located = useStudioState((state) => (locatedIn(currentDocument(state))?.length ?? 0) > 0);
  const found = useStudioState((state) => {
    const request = currentDocument(state)?.request;
    return request !== undefined && isFoundToGo(request);
  });
  if (mask !== undefined) return <p className={styles.bounds}>{say.onlyPainted({ share: maskShare(mask) })}</p>;
  if (found && places > 0) return <p className={styles.bounds}>{say.drawnAwayWhereFound()}</p>;
  if (located) return <p className={styles.bounds}>{say.onlyOutlined()}</p>;
  if (places > 0) return <p className={styles.bounds}>{reaches ? say.zonesPlace() : say.onlyZones()}</p>;
  return <p className={styles.bounds}>{say.chooseOrPaint()}</p>;
}

/** The nearest edit that can be, by one press. */
function Instead({ places, label }: PlausibleEdit) {
  const studio = useStudio();
  return (
    <Button
      size="small"
      tone="primary"
      className={styles.instead}
      onClick={() => {
        choosePlaces(studio, places);
      }}
    >
      {label}
    </Button>
  );
}

export function WhereSummary() {
  const studio = useStudio();
  const request = useStudioState((state) => currentDocument(state)?.request);
  const hasMask = useStudioState((state) => currentDocument(state)?.mask !== undefined);
  const canUseZones = useStudioState((state) => isEnabled(actionMaskFromZones, state));
  const showsVersion = useStudioState((state) => currentVersion(state) !== undefined);
  const places = request?.places ?? [];
  // Of several findings it is said with them.
  const single = request?.further.length === 0 || hasMask;
  const odd = request === undefined || isRemoval(request) || !single ? undefined : objection(request.finding, places);
  return (
    <div className={styles.summary}>
      <div className={styles.chosen}>
        <div className={styles.title}>
          <p className={styles.places}>{capital(placesText(places))}</p>
          {places.length === 0 ? null : (
            <CrossButton
              label={say.clearZones()}
              title={say.clearZones()}
              className={styles.clear}
              onClick={() => {
                choosePlaces(studio, []);
              }}
            />
          )}
        </div>
        <Bounds />
        <LocatedLesion />
        {odd === undefined ? null : (
          <p className={styles.odd}>
            <TriangleAlert aria-hidden size={13} />
            <span>
              {odd.reason} {odd.instead === undefined ? odd.advice : null}
            </span>
          </p>
        )}
        {odd?.instead === undefined ? null : <Instead {...odd.instead} />}
      </div>
      <div className={styles.buttons}>
        {canUseZones ? (
          <Button size="small" icon={SquarePlus} onClick={() => void actionMaskFromZones.perform(studio)}>
            {say.zonesAsMask()}
          </Button>
        ) : null}
        {hasMask ? (
          <Button size="small" icon={Trash2} onClick={() => void actionClearMask.perform(studio)}>
            {say.clearMask()}
          </Button>
        ) : null}
      </div>
      <div className={styles.scale}>
        <span>{showsVersion ? say.opacityAfter() : say.opacityRead()}</span>
        <span className={styles.ramp} aria-hidden />
        <span className={styles.ends}>
          <span>{say.absentEnd()}</span>
          <span>{say.severeEnd()}</span>
        </span>
        {places.length === 0 ? null : (
          <span>
            <i className={styles.asked} aria-hidden />
            {say.askedLegend()}
          </span>
        )}
        {request === undefined || request.further.length === 0 || hasMask ? null : (
          <span>
            <i className={styles.other} aria-hidden />
            {say.othersLegend()}
          </span>
        )}
      </div>
    </div>
  );
}
