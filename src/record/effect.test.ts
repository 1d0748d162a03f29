import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../counterfactual/analysis';
import { fakeRadiograph } from '../counterfactual/testing/fakes';
import { made } from '../counterfactual/testing/receipts';
import { emptyMask } from '../imaging/mask';
import { initialRequest, withNextSeed, withSeverity } from './editRequest';
import { accepted, type Effect } from './effect';
import { withShown } from './masks/namedMasks';
import { toStored } from './pixels/storedCounterfactual';
import { issuesOf } from './project/schema';
import { takeSnapshot } from './project/snapshot';
import {
  basedOn,
  newDocument,
  redone,
  showing,
  undone,
  withAnalysisState,
  withMarks,
  withMask,
  withoutVersion,
  withRequest,
  withVersion,
  type AnalysisState,
  type StudioDocument,
  type Version,
} from './studioDocument';

const FILM = fakeRadiograph(16, 16, 8);
const THUMBNAIL = { width: 1, height: 1, data: new Uint8ClampedArray(4) };
const RESULT = toStored(made({}));

function opened(): StudioDocument {
  return newDocument(FILM, THUMBNAIL, initialRequest());
}

function result(id: string, parentId: string | undefined): Version {
  const analysis = { status: 'waiting' } as const;
  const marks = { name: undefined, pinned: false, changedOutside: 0 };
  return { id, parentId, counterfactual: RESULT, thumbnail: THUMBNAIL, label: id, ...marks, analysis };
}

const read = (frontalChest: number): AnalysisState => ({
  status: 'ready',
  analysis: { reading: RESULT.before, zones: {}, frontalChest } as Analysis,
});

/** What a user makes, and an undo must bring back. */
const own = ({ request, masks, versions }: StudioDocument) => ({
  ...request,
  sampling: { ...request.sampling, seed: 0 },
  masks: masks.map(({ id, name, mask }) => ({ id, name, values: mask && [...mask.data] })),
  marks: versions.map(({ id, name, pinned }) => ({ id, name, pinned })),
});

interface Deed {
  readonly effect: Effect;
  readonly of: (document: StudioDocument, at: number) => StudioDocument;
}

const nth = ({ versions }: StudioDocument, at: number): string | undefined => versions[at % versions.length]?.id;

function painted(at: number) {
  const mask = emptyMask(16, 16);
  mask.data[at % 256] = 255;
  return mask;
}

const DEEDS: Readonly<Record<string, Deed>> = {
  grade: {
    effect: 'undoable',
    of: (open, at) =>
      withRequest(open, withSeverity(open.request, 0.5 + (at % 5) / 2), {
        label: 'Severity',
        control: `a${String(at)}`,
        at,
      }),
  },
  paint: { effect: 'undoable', of: (open, at) => withMask(open, painted(at), 'Mask') },
  name: {
    effect: 'undoable',
    of: (open, at) => withMarks(open, nth(open, at) ?? '', { name: `n${String(at)}` }, 'Rename'),
  },
  remove: { effect: 'undoable', of: (open, at) => withoutVersion(open, nth(open, at) ?? '') },
  make: { effect: 'made', of: (open, at) => withVersion(open, result(`v${String(at)}`, nth(open, at))) },
  reading: { effect: 'derived', of: (open, at) => withAnalysisState(open, nth(open, at), { status: 'running' }) },
  readFilm: { effect: 'derived', of: (open, at) => withAnalysisState(open, undefined, read((at % 10) / 10)) },
  readResult: { effect: 'derived', of: (open, at) => withAnalysisState(open, nth(open, at), read((at % 10) / 10)) },
  show: { effect: 'transient', of: (open, at) => showing(open, nth(open, at)) },
  base: { effect: 'transient', of: (open, at) => basedOn(open, nth(open, at) ?? '') },
  seed: { effect: 'transient', of: (open) => ({ ...open, request: withNextSeed(open.request) }) },
  hide: {
    effect: 'transient',
    of: (open) => ({ ...open, ...withShown(open, open.activeMaskId ?? '', false) }),
  },
  undo: { effect: 'history', of: undone },
  redo: { effect: 'history', of: redone },
};

const deeds = fc.array(fc.tuple(fc.constantFrom(...Object.keys(DEEDS)), fc.nat(40)), { minLength: 5, maxLength: 40 });

function done(open: StudioDocument, name: string, at: number): StudioDocument {
  const deed = DEEDS[name];
  return deed === undefined ? open : accepted(open, deed.of(open, at), deed.effect);
}

const saved = (document: StudioDocument) =>
  takeSnapshot({
    project: { id: 'p', name: undefined, createdAt: '2026-01-01T00:00:00Z' },
    documents: [document],
    currentId: document.id,
    comparison: 'source',
    comparedId: undefined,
    swipePosition: 0.5,
    view: undefined,
    restoredView: undefined,
    jobs: [],
    interrupted: [],
  });

describe('what changes say of themselves', () => {
  it('lets undo bring back all that a user did and nothing that was found out, whatever happens between', () => {
    fc.assert(
      fc.property(deeds, (all) => {
        let open = opened();
        for (const [index, [name, at]] of all.entries()) {
          const before = open;
          open = done(open, name, at + 50 * index);
          const effect = DEEDS[name]?.effect;
          // Nothing is lost: each step can be taken back and done again.
          if (effect === 'undoable' && open.history.past !== before.history.past) {
            const back = done(open, 'undo', 0);
            expect(own(back)).toEqual(own(before));
            expect(own(done(back, 'redo', 0))).toEqual(own(open));
          }
          if (effect === 'derived' || effect === 'transient') {
            expect(own(open)).toEqual(own(before));
            expect(open.history.past).toEqual(before.history.past);
          }
          // Nothing that was found out comes back by going back.
          if (effect === 'history') {
            expect([open.analysis, open.frontalDoubt, open.request.sampling.seed]).toEqual([
              before.analysis,
              before.frontalDoubt,
              before.request.sampling.seed,
            ]);
            for (const { id, analysis } of open.versions)
              if (!before.versions.some((each) => each.id === id))
                expect(['waiting', 'ready']).toContain(analysis.status);
              else expect(analysis).toEqual(before.versions.find((each) => each.id === id)?.analysis);
          }
        }
        expect(issuesOf(saved(open))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('takes nothing that a step would bring back from a change that has none', () => {
    const open = accepted(opened(), withVersion(opened(), result('v', undefined)), 'made');
    const reaching = {
      ...withMask(open, painted(3), 'Mask'),
      request: withSeverity(open.request, 1),
      versions: [],
      frontalDoubt: 'It is no chest.',
    };
    for (const effect of ['derived', 'transient'] as const) {
      const kept = accepted(open, reaching, effect);
      expect(own(kept)).toEqual(own(open));
      expect(kept.history).toEqual(open.history);
    }
    expect(accepted(open, reaching, 'derived').frontalDoubt).toBe('It is no chest.');
    expect(accepted(open, reaching, 'transient').frontalDoubt).toBeUndefined();
    // The user's doing, and no step of it: as if nothing had been done.
    expect(own(accepted(open, { ...reaching, history: open.history }, 'undoable'))).toEqual(own(open));
  });

  it('keeps no reading as under way in what a deletion remembers, so that the project opens again', () => {
    const open = withVersion(opened(), result('v', undefined));
    const reading = accepted(open, withAnalysisState(open, 'v', { status: 'running' }), 'derived');
    const gone = accepted(reading, withoutVersion(reading, 'v'), 'undoable');
    expect(issuesOf(saved(gone))).toEqual([]);
    expect(undone(gone).versions[0]?.analysis).toEqual({ status: 'waiting' });
  });
});
