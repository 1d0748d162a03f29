import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../commands/openFiles';
import { openProjectFile, saveProjectFile } from '../commands/projectFile';
import { openEarlierSave } from '../commands/projects';
import { setSeverity } from '../commands/request';
import { fakeCounterfactual, fakeFile } from '../testing/fakes';
import { openPage, work } from '../testing/page';
import { ProjectDamagedError } from '../../record/project/errors';
import { packProject, unpackProject } from '../../record/project/pack';
import { writeProjectFile } from '../../record/project/projectFile';
import { repairProject } from '../../record/project/repair';
import { saveProject } from './saveProject';
import { takeSnapshot, type ProjectSnapshot } from '../../record/project/snapshot';

type Path = readonly (string | number)[];

/** A project of two radiographs, the first with a result, candidates, a mask and steps to undo. */
async function snapshot(): Promise<ProjectSnapshot> {
  const page = await openPage();
  await work(page);
  page.state().setSeedCount(2);
  const { generate } = await import('../commands/generate');
  await generate(page.studio);
  const { paint } = await import('../commands/mask');
  paint(page.studio, page.document().id, { width: 64, height: 80, data: new Uint8Array(64 * 80).fill(255, 0, 9) });
  await openFiles(page.studio, [fakeFile('second.png')]);
  return takeSnapshot(page.state());
}

function spoilt(value: unknown, [key, ...rest]: Path, bad: unknown): unknown {
  if (key === undefined) return bad;
  if (Array.isArray(value))
    return value.map((each: unknown, index) => (index === key ? spoilt(each, rest, bad) : each));
  const fields = value as Record<string, unknown>;
  return { ...fields, [key]: spoilt(fields[key], rest, bad) };
}

/** Every place in a value; not the elements of its pictures. */
function places(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [at];
  const inner = Array.isArray(value)
    ? value.map((each: unknown, index) => [index, each] as const)
    : Object.entries(value);
  return [at, ...inner.flatMap(([key, each]) => places(each, [...at, key]))];
}

const FIRST = ['documents', 0] as const;
const VERSION = [...FIRST, 'versions', 0] as const;

describe('a project with something wrong in it', () => {
  it.each([
    [
      'a probability that is no number',
      [...VERSION, 'counterfactual', 'after', 'findings', 'nodule'],
      NaN,
      /no number/,
    ],
    [
      'a severity that is no number',
      [...VERSION, 'counterfactual', 'before', 'zoneSeverity', 2],
      NaN,
      /counts as absent/,
    ],
    [
      'a study that is no number',
      [...FIRST, 'radiograph', 'dicomReference'],
      { studyInstanceUid: '../patients', seriesInstanceUid: '1.2', sopClassUid: '1.2', sopInstanceUid: '1.2' },
      /cannot be sent to an archive/,
    ],
    ['a map that is missing', [...VERSION, 'counterfactual', 'after', 'opacityMap'], null, /Part of the receipt/],
    [
      'a recipe of an unknown kind',
      [...VERSION, 'counterfactual', 'recipe', 'edit', 'kind'],
      'melt',
      /result of chest\.png \(“severe right lower zone opacity”\)/,
    ],
    ['a mask without pixels', [...FIRST, 'masks', 0, 'mask'], null, /mask “Mask 1”/],
    ['a step that cannot be undone', [...FIRST, 'history', 'past', 0, 'delta'], {}, /could be undone/],
    ['a request for an unknown finding', [...FIRST, 'request', 'finding'], 'hiccups', /What was asked/],
  ] satisfies readonly (readonly [string, Path, unknown, RegExp])[])(
    'keeps all but that: %s',
    async (_, path, bad, told) => {
      const whole = await snapshot();
      const { project, losses } = repairProject(spoilt(whole, path, bad), 'a');
      expect(losses).toHaveLength(1);
      expect(losses[0]).toMatch(told);
      expect(project.documents.map(({ radiograph }) => radiograph)).toEqual(
        whole.documents.map(({ radiograph }) => radiograph),
      );
      expect(project.documents[1]).toEqual(whole.documents[1]);
    },
  );

  it('makes what hung on a lost version hang on the radiograph', async () => {
    const whole = await snapshot();
    const [version] = whole.documents[0]?.versions ?? [];
    if (version === undefined) throw new Error('there is a version');
    const child = { ...version, id: 'child', parentId: version.id };
    const grown = spoilt(
      whole,
      [...FIRST, 'versions'],
      [{ ...version, counterfactual: { ...version.counterfactual, image: null } }, child],
    );
    expect(repairProject(grown, 'a').project.documents[0]?.versions).toEqual([{ ...child, parentId: undefined }]);
  });

  it('is said to be damaged when none of its radiographs is left', async () => {
    const whole = await snapshot();
    const without = whole.documents.reduce<unknown>(
      (project, _, index) => spoilt(project, ['documents', index, 'radiograph', 'pixels'], null),
      whole,
    );
    expect(() => repairProject(without, 'a')).toThrow(ProjectDamagedError);
  });

  it('opens whatever single value is wrong, with the other radiograph as it was, and nothing wrong is left', async () => {
    const whole = await snapshot();
    const inner = places(whole).filter((path) => path[0] === 'documents' && path[1] === 0 && path.length > 2);
    fc.assert(
      fc.property(
        fc.constantFrom(...inner),
        fc.constantFrom(null, NaN, -1, 'nonsense', {}, [], undefined),
        (path, bad) => {
          const { project } = repairProject(spoilt(whole, path, bad), 'a');
          // By comparing, not by expecting: what a failure would print is whole pictures.
          expect(isDeepStrictEqual(project.documents.at(-1), whole.documents[1])).toBe(true);
          expect(repairProject(project, 'a').losses).toEqual([]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('without one of its pictures loses at most what the picture belongs to', async () => {
    const whole = await snapshot();
    const { text, blobs } = await packProject(whole);
    const radiograph = whole.documents[0]?.radiograph.pixels;
    const counts = [...blobs.keys()].map(async (key) => {
      const poorer = new Map([...blobs].filter(([each]) => each !== key));
      // The radiographs of these fakes share their pixels: without those nothing is left.
      if (blobs.get(key)?.byteLength === radiograph?.byteLength) {
        await expect(unpackProject(text, poorer, 'a')).rejects.toThrow(ProjectDamagedError);
        return 2;
      }
      const { project } = await unpackProject(text, poorer, 'a');
      expect(
        project.documents.every(({ thumbnail }) => thumbnail.data.length === 4 * thumbnail.width * thumbnail.height),
      ).toBe(true);
      return project.documents.length;
    });
    const kept = await Promise.all(counts);
    expect(new Set(kept)).toEqual(new Set([2]));
    expect(kept.length).toBeGreaterThan(3);
  });
});

describe('what is saved', () => {
  it('opens again although the reader gave no number, and the save before it is kept', async () => {
    const noNumber = {
      generate: (
        ...[source, edit, { seed }]: Parameters<
          Awaited<ReturnType<typeof openPage>>['studio']['services']['worker']['generate']
        >
      ) => {
        const made = fakeCounterfactual(source, edit, seed);
        return Promise.resolve({
          ...made,
          after: { ...made.after, findings: { ...made.after.findings, nodule: NaN } },
        });
      },
    };
    const page = await openPage(undefined, { worker: noNumber });
    await openFiles(page.studio, [fakeFile('a.png'), fakeFile('b.png')]);
    await saveProject(page.studio);
    await work(page, 'c.png');
    await saveProject(page.studio);
    setSeverity(page.studio, 1.25);
    await saveProject(page.studio);
    expect(page.state().notices.map(({ title }) => title)).toEqual(['Part of the project could not be kept']);
    page.crash();
    const again = await openPage(page.disk);
    expect(again.state().documents.map(({ radiograph, versions }) => [radiograph.name, versions.length])).toEqual([
      ['a.png', 0],
      ['b.png', 0],
      ['c.png', 1],
    ]);
    expect(again.state().notices).toEqual([]);
    const { id } = again.state().project;
    await openEarlierSave(again.studio, id);
    expect(again.state().project.id).not.toBe(id);
    expect(again.state().documents.length).toBeGreaterThan(1);
  });

  it('from elsewhere is adopted without its nonsense', async () => {
    const page = await openPage();
    await openFiles(page.studio, [fakeFile('a.png')]);
    const foreign = {
      ...takeSnapshot(page.state()),
      comparison: 'nonsense',
      view: { window: null, scale: 1, translation: [0, 0], inverted: false },
    };
    const file = await writeProjectFile(await packProject(foreign as unknown as ProjectSnapshot), 'evil');
    await openProjectFile(page.studio, { name: 'evil.counterpart', bytes: () => Promise.resolve(file) });
    expect([page.state().comparison, page.state().restoredView, page.state().documents.length]).toEqual([
      'source',
      undefined,
      1,
    ]);
  });

  it('as a file that could not be opened again is refused before it is written, with what to do', async () => {
    const packed = await packProject(await snapshot());
    await expect(writeProjectFile(packed, 'Large', 1000)).rejects.toMatchObject({
      code: 'project-too-large',
      advice: expect.stringContaining('Delete versions') as string,
    });
  });

  it('is handed out as a file that opens', async () => {
    const saved: Uint8Array[] = [];
    const page = await openPage(undefined, {
      save: (bytes) => {
        saved.push(bytes);
      },
    });
    await work(page);
    await saveProjectFile(page.studio);
    await openProjectFile(page.studio, {
      name: 'a.counterpart',
      bytes: () => Promise.resolve(saved[0] ?? new Uint8Array()),
    });
    expect(page.document().versions).toHaveLength(1);
  });
});
