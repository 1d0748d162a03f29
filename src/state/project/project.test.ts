import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paint } from '../commands/mask';
import { openFiles } from '../commands/openFiles';
import { setSeverity } from '../commands/request';
import { deleteVersion, renameVersion, togglePinned } from '../commands/versions';
import { currentDocument } from '../slices/documents';
import { fakeCounterfactual, fakeFile, fakeStudio } from '../testing/fakes';
import { redone, undone, withVersion, type Version } from '../../record/studioDocument';
import { branchOf, versionForest, type VersionNode } from '../../record/versionTree';
import { ProjectDamagedError, ProjectFileForeignError, ProjectNewerError } from '../../record/project/errors';
import { migrate } from '../../record/project/migrate';
import { toStored } from '../../record/pixels/storedCounterfactual';
import { withPixels } from '../testing/withPixels';
import { packProject, unpackProject } from '../../record/project/pack';
import { bytesSource } from '../../record/project/zipEntries';
import { readProjectFile, writeProjectFile } from '../../record/project/projectFile';
import { takeSnapshot } from '../../record/project/snapshot';

/** Milliseconds that a property may take where other work has the machine. */
const PATIENCE = 180_000;

type Studio = ReturnType<typeof fakeStudio>;

async function openStudio(): Promise<Studio> {
  const studio = fakeStudio();
  await openFiles(studio, [fakeFile('chest.png'), fakeFile('second.png')]);
  return studio;
}

function here(studio: Studio) {
  const document = currentDocument(studio.store.getState());
  if (document === undefined) throw new Error('a radiograph is open');
  return document;
}

/** A version made from the one at `parent` among those there are; past them: from the radiograph. */
function grow(studio: Studio, seed: number, parent: number): void {
  const document = here(studio);
  const counterfactual = fakeCounterfactual(
    document.radiograph,
    { kind: 'add', finding: 'nodule', places: [], severity: 2 },
    seed,
  );
  const version: Version = {
    // As with a recipe: the same asked of the same picture is the same result.
    id: `seed ${String(seed)} of ${document.versions[parent]?.id ?? 'the radiograph'}`,
    parentId: document.versions[parent]?.id,
    counterfactual: toStored(counterfactual),
    thumbnail: document.thumbnail,
    label: 'nodule',
    name: undefined,
    pinned: false,
    changedOutside: 0,
    analysis: { status: 'waiting' },
  };
  studio.store.getState().updateDocument(document.id, 'made', (open) => withVersion(open, version));
}

type Operation =
  | { readonly kind: 'grow'; readonly seed: number; readonly at: number }
  | { readonly kind: 'rename' | 'pin' | 'delete' | 'severity' | 'paint' | 'undo' | 'redo'; readonly at: number };

const operation: fc.Arbitrary<Operation> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('grow' as const), seed: fc.nat(3), at: fc.nat(5) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('rename', 'pin', 'delete', 'delete', 'severity', 'paint', 'undo', 'undo', 'redo'),
      at: fc.nat(5),
    }),
  },
);

function operate(studio: Studio, operation: Operation): void {
  const { id, versions, radiograph } = here(studio);
  const version = versions[operation.at]?.id ?? 'none';
  switch (operation.kind) {
    case 'grow': {
      grow(studio, operation.seed, operation.at);
      return;
    }
    case 'rename': {
      renameVersion(studio, id, version, `Name ${String(operation.at)}`);
      return;
    }
    case 'pin': {
      togglePinned(studio, id, version);
      return;
    }
    case 'delete': {
      deleteVersion(studio, id, version);
      return;
    }
    case 'severity': {
      setSeverity(studio, operation.at / 2);
      return;
    }
    case 'paint': {
      const { width, height } = radiograph;
      const data = new Uint8Array(width * height);
      data.fill(255, operation.at * width, operation.at * width + 9);
      paint(studio, id, { width, height, data });
      return;
    }
    case 'undo': {
      studio.store.getState().updateCurrent('history', undone);
      return;
    }
    case 'redo': {
      studio.store.getState().updateCurrent('history', redone);
      return;
    }
  }
}

const operations = fc.array(operation, { maxLength: 25 });

function ids(nodes: readonly VersionNode[]): readonly string[] {
  return nodes.flatMap(({ version, children }) => [version.id, ...ids(children)]);
}

describe('the tree of versions', () => {
  it(
    'stays a tree whatever is done: every version once, parents first',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations, async (sequence) => {
          const studio = await openStudio();
          for (const each of sequence) {
            operate(studio, each);
            const { versions, baseVersionId, shownVersionId } = here(studio);
            const known = new Set<string>();
            for (const { id, parentId } of versions) {
              expect(parentId === undefined || known.has(parentId)).toBe(true);
              expect(known.has(id)).toBe(false);
              known.add(id);
            }
            expect([...ids(versionForest(versions))].sort()).toEqual([...known].sort());
            for (const id of [baseVersionId, shownVersionId]) expect(id === undefined || known.has(id)).toBe(true);
          }
        }),
        { numRuns: 25 },
      );
    },
    PATIENCE,
  );

  it(
    'is what it was after undo, and what it became after redo',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations, operation, async (sequence, last) => {
          const studio = await openStudio();
          for (const each of sequence) operate(studio, each);
          const steps = here(studio).history.past.length;
          const before = here(studio);
          operate(studio, last);
          const after = here(studio);
          fc.pre(after.history.past.length === steps + 1 && last.kind !== 'redo');
          const back = undone(after);
          expect([back.request, back.mask, back.versions, back.shownVersionId]).toEqual([
            before.request,
            before.mask,
            before.versions,
            before.shownVersionId,
          ]);
          const again = redone(back);
          expect([again.request, again.mask, again.versions]).toEqual([after.request, after.mask, after.versions]);
        }),
        { numRuns: 25 },
      );
    },
    PATIENCE,
  );

  it('loses with a version what was made from it, and gets all of it back', async () => {
    const studio = await openStudio();
    grow(studio, 1, 9);
    grow(studio, 2, 0);
    grow(studio, 3, 1);
    grow(studio, 4, 9);
    const before = here(studio).versions;
    const [root] = before;
    if (root === undefined) throw new Error('there are versions');
    expect(branchOf(before, root.id).size).toBe(3);
    deleteVersion(studio, here(studio).id, root.id);
    expect(here(studio).versions).toHaveLength(1);
    expect(studio.store.getState().notices.at(-1)?.title).toMatch(/and the 2 versions made from it\. Undo/);
    studio.store.getState().updateCurrent('history', undone);
    expect(here(studio).versions).toEqual(before);
  });

  it('lists pinned versions first among their siblings', async () => {
    const studio = await openStudio();
    grow(studio, 1, 9);
    grow(studio, 2, 9);
    const [, second] = here(studio).versions;
    togglePinned(studio, here(studio).id, second?.id ?? '');
    expect(versionForest(here(studio).versions).map(({ version }) => version.id)[0]).toBe(second?.id);
  });
});

describe('a project', () => {
  it(
    'comes back from its file as it was, whatever was done in it',
    async () => {
      await fc.assert(
        fc.asyncProperty(operations, async (sequence) => {
          const studio = await openStudio();
          for (const each of sequence) operate(studio, each);
          const snapshot = takeSnapshot(studio.store.getState());
          const packed = await readProjectFile(
            bytesSource(await writeProjectFile(await packProject(snapshot), 'a')),
            'a.counterpart',
          );
          const { project, losses } = await unpackProject(packed.text, packed.blobs, 'a.counterpart');
          expect(losses).toEqual([]);
          expect(await withPixels(project)).toEqual(await withPixels(snapshot));
        }),
        { numRuns: 10 },
      );
    },
    PATIENCE,
  );

  it('keeps of a version only the box that differs from its radiograph', async () => {
    const studio = await openStudio();
    const small = await packProject(takeSnapshot(studio.store.getState()));
    grow(studio, 1, 9);
    const large = await packProject(takeSnapshot(studio.store.getState()));
    const bytes = ({ blobs }: typeof small) => [...blobs.values()].reduce((sum, blob) => sum + blob.byteLength, 0);
    const { pixels } = here(studio).radiograph;
    expect(bytes(large) - bytes(small)).toBeLessThan(pixels.byteLength);
  });

  it('names what is wrong with a file that is cut short, altered, newer or of something else', async () => {
    const studio = await openStudio();
    grow(studio, 1, 9);
    const packed = await packProject(takeSnapshot(studio.store.getState()));
    const file = await writeProjectFile(packed, 'a');
    const read = async (bytes: Uint8Array) => {
      const { text, blobs } = await readProjectFile(bytesSource(bytes), 'a.counterpart');
      return unpackProject(text, blobs, 'a.counterpart');
    };
    await expect(read(new Uint8Array())).rejects.toThrow(ProjectDamagedError);
    await expect(read(new TextEncoder().encode('Dear colleague'))).rejects.toThrow(ProjectFileForeignError);
    for (const share of [0.2, 0.5, 0.9, 0.999]) {
      await expect(read(file.slice(0, Math.floor(file.length * share)))).rejects.toThrow(ProjectDamagedError);
    }
    const newer = { ...packed, text: packed.text.replace('"version":2', '"version":7') };
    await expect(unpackProject(newer.text, newer.blobs, 'a.counterpart')).rejects.toThrow(ProjectNewerError);
    const poorer = new Map([...packed.blobs].slice(1));
    await expect(unpackProject(packed.text, poorer, 'a.counterpart')).rejects.toThrow(/a\.counterpart is damaged/);
  });

  it(
    'is never taken for sound when a byte of its file was altered',
    async () => {
      const studio = await openStudio();
      const packed = await packProject(takeSnapshot(studio.store.getState()));
      const file = await writeProjectFile(packed, 'a');
      await fc.assert(
        fc.asyncProperty(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), async (at, by) => {
          const altered = file.slice();
          altered[at] = ((altered[at] ?? 0) + by) % 256;
          const outcome = await readProjectFile(bytesSource(altered), 'a.counterpart')
            .then(({ text, blobs }) => unpackProject(text, blobs, 'a.counterpart'))
            .catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
          // What no checksum covers (times, attributes) may change without harm: the content is then what it was.
          if (outcome instanceof Error)
            expect([ProjectDamagedError.name, ProjectFileForeignError.name]).toContain(outcome.name);
          // What is altered in a picture or mask costs the part that it is in, which is said.
          else if (outcome.losses.length === 0) expect(outcome.project).toEqual(takeSnapshot(studio.store.getState()));
        }),
        { numRuns: 25 },
      );
    },
    PATIENCE,
  );
});

describe('formats', () => {
  const steps = {
    1: (project: object) => ({ ...project, second: true }),
    2: (project: object) => ({ ...project, third: true }),
  };

  it('are brought up to date one after another', () => {
    expect(migrate({ version: 1 }, 'a', steps, 3)).toEqual({ version: 3, second: true, third: true });
    expect(migrate({ version: 2 }, 'a', steps, 3)).toEqual({ version: 3, third: true });
    expect(migrate({ version: 3 }, 'a', steps, 3)).toEqual({ version: 3 });
  });

  it('give the bounds of recipes their names of today, where they were kept', () => {
    const recipe = (kind: string, bounds: object) => ({ edit: { kind }, sampling: { seed: 1, ...bounds } });
    const old = { darker: 0.3, brighter: 0.04 };
    const versions = ['remove', 'grade', 'add'].map((kind) => ({ counterfactual: { recipe: recipe(kind, old) } }));
    const named = { overshoot: 0.3, undershoot: 0.04 };
    expect(migrate({ version: 1, documents: [{ versions }] }, 'a')['documents']).toEqual([
      {
        versions: [
          ['remove', named],
          ['grade', named],
          ['add', {}],
        ].map(([kind, bounds]) => ({ counterfactual: { recipe: recipe(kind as string, bounds as object) } })),
      },
    ]);
  });

  it('are refused with a reason when they are newer or unknown', () => {
    expect(() => migrate({ version: 4 }, 'a', steps, 3)).toThrow(ProjectNewerError);
    expect(() => migrate({}, 'a', steps, 3)).toThrow(ProjectDamagedError);
    expect(() => migrate({ version: 1 }, 'a', {}, 2)).toThrow(ProjectDamagedError);
  });
});
