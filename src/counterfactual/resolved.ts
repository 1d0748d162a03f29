/** What of a request is made, which way, and what of it is not there to be taken away. */

import { impliedPlaces } from '../findings/knowledge';
import type { Finding } from '../findings/vocabulary';
import { mayShowEffusion, withoutAbsent } from './absent';
import type { Edit, Way } from './edit';
import { partsOf, withParts } from './parts';
import { isFoundIn } from './sketch/drawFinding';
import { waysOf, type Drawing } from './sketch/ways';
import type { Networks, Source } from './source';

export interface ResolvedRequest {
  /** Of what there is. */
  readonly asked: Edit;
  /** For the denoiser; undefined where it has nothing to do. */
  readonly sampled: Edit | undefined;
  /** What goes, then what comes. */
  readonly drawn: readonly Drawing[];
  /** Asked to go, and left alone: the denoiser would change what it is not. */
  readonly notFound: readonly Finding[];
}

/** @throws NothingToRemoveError where nothing is left to ask, CancelledError, SketchImpossibleError where a sketch is asked for by name and there is none */
export async function resolveRequest(
  source: Pick<Source, 'radiograph' | 'anatomy' | 'reading' | 'judged'>,
  networks: Pick<Networks, 'manifest'>,
  request: Edit,
  way: Way,
  signal: AbortSignal | undefined,
): Promise<ResolvedRequest> {
  const mayBeEffusion = await mayShowEffusion(request, way, source, networks, signal);
  const asked = withoutAbsent(request, source.reading, source.radiograph.name, mayBeEffusion);
  const missed = new Set<Finding>();
  const ways = waysOf(placed(asked), source.reading, way, (going) => {
    const isFound = isFoundIn(source, going);
    if (!isFound && going.edit.severity === 0) missed.add(going.edit.finding);
    return isFound;
  });
  const { drawn } = ways;
  const toSample = drawn.length === 0 ? asked : ways.sampled;
  const others = toSample && withParts(toSample, ({ finding }) => !missed.has(finding));
  const kept = partsOf<Edit>(asked).map(({ finding }) => finding);
  return {
    asked,
    // Where nothing else is asked, the denoiser tries.
    sampled: others ?? (drawn.length === 0 ? asked : undefined),
    drawn,
    notFound: partsOf<Edit>(request)
      .map(({ finding }) => finding)
      .filter((finding) => missed.has(finding) || !kept.includes(finding)),
  };
}

/** The places that a request means, as the plan resolves them. */
function placed(request: Edit): Edit {
  return request.mask === undefined ? { ...request, places: impliedPlaces(request.finding, request.places) } : request;
}
