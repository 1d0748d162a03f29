/** What the viewer draws beside the mask in use: the other named masks that are shown, and a proposed lesion. */

import { findingName } from '../../findings/words';
import * as say from '../../messages/en/stage';
import { locatedIn, locatedNow } from '../../state/locate';
import { proposalLoops } from '../../state/masks/proposal';
import { proposalMap } from '../../state/masks/proposalMap';
import { currentDocument } from '../../state/slices/documents';
import type { StudioState } from '../../state/store';
import type { Studio } from '../../state/studio';
import { analysisOf } from '../../record/studioDocument';
import type { AreaOutline, RadiographViewport } from '../../viewport/viewport';

type Follow = <Part>(studio: Studio, select: (state: StudioState) => Part, apply: (part: Part) => void) => () => void;

function otherMasks(state: StudioState): readonly AreaOutline[] {
  const document = currentDocument(state);
  return (document?.masks ?? []).flatMap(({ id, name, mask, shown }): AreaOutline[] =>
    shown && mask !== undefined && id !== document?.activeMaskId ? [{ label: name, tone: 'quiet', area: mask }] : [],
  );
}

function proposed(state: StudioState): readonly AreaOutline[] {
  const map = state.proposal && proposalMap(analysisOf(currentDocument(state)), state.proposal.finding);
  if (state.proposal === undefined || map === undefined) return [];
  return [
    {
      label: say.proposed({ finding: findingName(state.proposal.finding) }),
      tone: 'proposed',
      area: proposalLoops(map, state.proposal),
    },
  ];
}

/** Where what is to go may lie: the place that is turned to, and the others. */
function located(state: StudioState): readonly AreaOutline[] {
  const document = currentDocument(state);
  const places = locatedNow(document, state.locatedChoice);
  if (document === undefined || places === undefined || document.shownVersionId !== undefined) return [];
  const { candidates, index } = places;
  const finding = findingName(document.request.finding);
  return candidates.map(({ outline }, each) =>
    each === index
      ? {
          label: say.located({ finding, place: index + 1, places: candidates.length }),
          tone: 'proposed',
          area: [outline],
        }
      : { label: String(each + 1), tone: 'quiet', area: [outline] },
  );
}

/** The state that areas are made of; equal keys mean equal areas. */
function keyOf(state: StudioState): unknown {
  const { id, masks, activeMaskId, shownVersionId } = currentDocument(state) ?? {};
  return [
    id,
    masks,
    activeMaskId,
    shownVersionId,
    state.proposal,
    analysisOf(currentDocument(state)),
    locatedIn(currentDocument(state)),
    state.locatedChoice,
  ];
}

export function followAreas(studio: Studio, viewer: RadiographViewport, follow: Follow): () => void {
  let last: readonly unknown[] = [];
  let key: unknown;
  return follow(
    studio,
    (state) => {
      const next = keyOf(state) as readonly unknown[];
      if (next.length !== last.length || next.some((part, index) => !Object.is(part, last[index])))
        [last, key] = [next, next];
      return key;
    },
    () => {
      const state = studio.store.getState();
      viewer.setAreas([...otherMasks(state), ...proposed(state), ...located(state)]);
    },
  );
}
