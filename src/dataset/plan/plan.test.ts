import { describe, expect, it } from 'vitest';
import type { FindingChange } from '../../findings/change';
import { parseEdits } from '../../findings/parseEdits';
import { namedFrame } from '../../dicom/frame-name';
import { DRAWN_FINDINGS } from '../../findings/drawn';
import { countsOf, DEFAULT_POLICY } from '../counts';
import { matchFiles } from '../match';
import { openTables } from '../openTable';
import { sourceOfBytes } from '../table/text';
import { acceptanceFrom } from './acceptance';
import { filled } from './fill';
import { allotted } from './allot';
import { makePlan, type AcceptedItem, type PlanOptions } from './makePlan';
import { randomOf } from './random';
import { erasureOf, requestOf } from './requests';
import { planText, readPlan } from './schema';

/** Two sources: A has the herniae, B none. */
const ROWS = [
  ...Array.from({ length: 40 }, (_, at) => `n${String(at)}.png,pn${String(at)},train,${at < 30 ? 'A' : 'B'},1,0,0,0`),
  ...Array.from({ length: 30 }, (_, at) => `o${String(at)}.png,po${String(at)},train,B,0,1,0,0`),
  ...Array.from({ length: 12 }, (_, at) => `e${String(at)}.png,pe${String(at)},train,B,0,0,1,0`),
  'h0.png,ph0,train,A,0,1,0,1',
  'h1.png,ph1,train,A,0,0,0,1',
  't0.png,pt0,test,A,1,0,0,0',
  't1.png,pt1,test,A,0,0,0,1',
];
const TEXT = `file_name,patient,split,source,no_finding,infiltration,effusion,hernia\n${ROWS.join('\n')}\n`;
const OPTIONS: PlanOptions = {
  ratio: 0.25,
  to: undefined,
  limit: undefined,
  classes: undefined,
  seed: 1,
  policy: DEFAULT_POLICY,
};

async function planned(
  options: Partial<PlanOptions> = {},
  without: readonly string[] = [],
  accepted?: readonly AcceptedItem[],
) {
  const table = await openTables([sourceOfBytes('t.csv', new TextEncoder().encode(TEXT))]);
  const files = table.films.map(({ file }) => `films/${file}`).filter((file) => !without.includes(file));
  const { pathOf, fileOf } = matchFiles(table.films, files);
  return makePlan(
    {
      table,
      counts: countsOf(table),
      pathOf,
      fileOf,
      acceptance: acceptanceFrom(new Map()),
      ...(accepted === undefined ? {} : { accepted }),
    },
    { ...OPTIONS, ...options },
  );
}

describe('a plan', () => {
  it('brings what is rare up to what is not, from clear films of the same source and split', async () => {
    const { header, generated } = await planned();
    // Two herniae of 84 films of train; effusion, with 12, is the least frequent that is not rare.
    expect(header.classes).toMatchObject([{ name: 'hernia', real: 2, target: 12, items: 15, expected: 10 }]);
    const sketches = generated.filter(({ how }) => how === 'sketch');
    expect(sketches).toHaveLength(14);
    expect(new Set(sketches.map(({ film }) => film)).size).toBe(14);
    for (const { film, split, source, shows } of sketches)
      expect([film.slice(0, 7), split, source, shows]).toEqual(['films/n', 'train', 'A', ['no_finding']]);
    expect(generated.filter(({ how }) => how === 'keep')).toMatchObject([
      { film: 'films/h0.png', request: 'remove bilateral lung infiltration', finding: 'hernia' },
    ]);
  });

  it('stands beside as many real films once more', async () => {
    const { generated, control } = await planned();
    expect(control).toHaveLength(generated.length);
    expect(new Set(control.map(({ film }) => film))).toEqual(new Set(['films/h0.png', 'films/h1.png']));
  });

  it('keeps to the share of real films, and to the items that there may be', async () => {
    expect((await planned({ ratio: 0.05 })).header.classes[0]).toMatchObject({ target: 6 });
    expect((await planned({ limit: 4 })).generated.length).toBeLessThanOrEqual(4);
    expect((await planned({ to: 3 })).header.classes[0]).toMatchObject({ target: 3 });
  });

  it('is the same for the same seed, line by line, and another for another', async () => {
    expect(planText(await planned())).toBe(planText(await planned()));
    expect(planText(await planned({ seed: 2 }))).not.toBe(planText(await planned()));
  });

  it('plans with no film that has no file', async () => {
    const missing = Array.from({ length: 25 }, (_, at) => `films/n${String(at)}.png`);
    const { generated } = await planned({}, missing);
    expect(generated.filter(({ film }) => missing.includes(film))).toEqual([]);
    // Five clear films are left of source A: each serves more than once, with another seed.
    const keys = generated.map(({ film, request, seed }) => `${film} ${request} ${String(seed)}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says why there is nothing to plan', async () => {
    await expect(planned({ classes: ['fracture'] })).rejects.toMatchObject({
      code: 'nothing-to-plan',
      message: expect.stringContaining('no class “fracture”') as string,
    });
    await expect(planned({ classes: ['efusion'] })).rejects.toMatchObject({
      message: expect.stringContaining('no class “efusion”. Did you mean “effusion”?') as string,
    });
    // That the table has no split is no reason.
    await expect(planned({ limit: 1 })).rejects.toMatchObject({
      message: expect.stringMatching(/no more are wanted or fit into the limit\.$/) as string,
    });
  });

  it('is read back as it was written, and refused where it was not', async () => {
    const text = planText(await planned());
    expect(planText(readPlan(text, 'p.jsonl'))).toBe(text);
    expect(() => readPlan(text.replace('"version":2', '"version":7'), 'p.jsonl')).toThrow(
      /version 7; this release reads versions up to 2/,
    );
    expect(() => readPlan(text.replace('"seed":1}', '"seed":"x"}'), 'p.jsonl')).toThrow(/seed/);
    expect(() => readPlan(`${text}{"arm":`, 'p.jsonl')).toThrow(/Line \d+ of the plan p.jsonl/);
    expect(() => readPlan('', 'p.jsonl')).toThrow(/it is empty/);
    expect(() => readPlan(text.replace('"version":2', '"version":"3"'), 'p.jsonl')).toThrow(/plan of version 3;/);
    expect(() => readPlan(text.replace('"format":"counterpart-plan"', '"format":"other"'), 'p.jsonl')).toThrow(
      /not the head of a plan/,
    );
  });

  it('that ends before its head says so is refused, wherever it was cut', async () => {
    const lines = planText(await planned())
      .trimEnd()
      .split('\n');
    const cutAfter = (kept: number) => () => readPlan(lines.slice(0, kept).join('\n'), 'p.jsonl');
    expect(cutAfter(4)).toThrow(/p\.jsonl is not whole: by its head it has 15 items, and it holds 3/);
    expect(cutAfter(lines.length - 2)).toThrow(/has 15 films of the control arm, and it holds 13/);
    expect(cutAfter(lines.length)).not.toThrow();
    expect(() => readPlan([...lines, lines[1]].join('\n'), 'p.jsonl')).toThrow(/holds 16/);
  });

  it('says when what was asked for gave no item', async () => {
    const again = (accepted: readonly AcceptedItem[], options: Partial<PlanOptions> = {}) =>
      planned(options, [], accepted).then(({ header }) => header.notes.join(' '));
    expect(await again([])).toMatch(/No earlier result is made again: no result of the earlier runs was accepted/);
    const { generated } = await planned();
    const [item] = generated.flatMap((each) => (each.how === 'sketch' ? [each] : []));
    if (item === undefined) throw new Error('nothing is drawn');
    const accepted = (over: Partial<typeof item>) => [{ id: '1', item: { ...item, ...over } }];
    expect(await again(accepted({ class: 'edema' }))).toMatch(/classes that are not planned for \(edema\)/);
    expect(await again(accepted({ film: 'elsewhere.png' }))).toMatch(/not among those planned with/);
    expect(await again(accepted({}))).not.toMatch(/made again/);
    const alone = await planned({ swaps: 1, to: 4 }, ['films/h0.png', 'films/h1.png']);
    expect(alone.header.notes.join(' ')).toMatch(/Nothing is borrowed/);
    expect((await planned()).header.notes).toEqual([]);
  });
});

describe('a plan of the release before', () => {
  it('is read as it was written, and stays of its version', async () => {
    const old = planText(await planned()).replace('"version":2', '"version":1');
    expect(planText(readPlan(old, 'p.jsonl'))).toBe(old);
  });
});

describe('swaps of a plan', () => {
  /** The odd films are called as frames of one file are. */
  async function swapsOf(filesOf: (named: readonly string[]) => readonly string[]) {
    const rows = [
      ...Array.from(
        { length: 40 },
        (_, at) => `${at % 2 === 0 ? `n${String(at)}.png` : `cine.dcm#${String(at + 3)}`},,1,0,0`,
      ),
      ...Array.from({ length: 20 }, (_, at) => `o${String(at)}.png,,0,1,0`),
      ...[1, 2].map((frame) => `cine.dcm#${String(frame)},,0,1,1`),
    ];
    const text = `file_name,patient,no_finding,infiltration,hernia\n${rows.join('\n')}\n`;
    const table = await openTables([sourceOfBytes('t.csv', new TextEncoder().encode(text))]);
    const { pathOf, fileOf } = matchFiles(table.films, filesOf(table.films.map(({ file }) => file)));
    const { generated } = makePlan(
      { table, counts: countsOf(table), pathOf, fileOf, acceptance: acceptanceFrom(new Map()) },
      { ...OPTIONS, swaps: 1, to: 16 },
    );
    return generated.flatMap((item) => (item.how === 'swap' ? [item] : []));
  }
  const isOfOneFile = ({ film, donor }: { readonly film: string; readonly donor: { readonly film: string } }) =>
    namedFrame(film).file === namedFrame(donor.film).file;

  it('take no frame of the same file for another patient', async () => {
    const swaps = await swapsOf((named) => [...new Set(named.map((file) => namedFrame(file).file))]);
    expect(swaps.length).toBeGreaterThan(0);
    expect(swaps.filter(isOfOneFile)).toEqual([]);
  });

  it('take files that are called as frames for what they are', async () => {
    const swaps = await swapsOf((named) => named);
    expect(swaps.some(isOfOneFile)).toBe(true);
  });

  it('borrow what is rare from films that show it, of the same part of the split and of other patients', async () => {
    const { generated, control, header } = await planned({ swaps: 0.5 });
    const swaps = generated.flatMap((item) => (item.how === 'swap' ? [item] : []));
    expect(swaps).toHaveLength(7);
    expect(generated.filter(({ how }) => how === 'sketch')).toHaveLength(7);
    for (const { donor, film, split, source, patient, request } of swaps) {
      expect(['films/h0.png', 'films/h1.png']).toContain(donor.film);
      expect([film.slice(0, 7), split, source, donor.split, donor.source]).toEqual([
        'films/n',
        'train',
        'A',
        'train',
        'A',
      ]);
      expect(donor.patient).not.toBe(patient);
      // What is asked names no file: exports show it.
      expect(request).toBe('hernia of another patient');
    }
    expect(new Set(swaps.map(({ donor }) => donor.film)).size).toBe(2);
    expect(control).toHaveLength(generated.length);
    expect(header.classes[0]?.items).toBe(generated.length);
  });

  it('are drawings where nobody else shows what is rare', async () => {
    const { generated, control } = await planned({ swaps: 1, to: 4 }, ['films/h0.png', 'films/h1.png']);
    expect(generated.length).toBeGreaterThan(0);
    expect(generated.every(({ how }) => how === 'sketch')).toBe(true);
    expect(control).toEqual([]);
  });

  it('are told of a line that lacks its donor', async () => {
    const text = planText(await planned({ swaps: 0.5 }));
    expect(() => readPlan(text.replace('"donor":', '"doner":'), 'p.jsonl')).toThrow(/donor/);
  });
});

describe('variations of a plan', () => {
  const acceptedOf = ({ generated }: Awaited<ReturnType<typeof planned>>): readonly AcceptedItem[] =>
    generated.map((item, at) => ({ id: `id-${String(at)}`, item }));

  it('are other seeds of what was accepted, never work that was done, in the film’s own part of the split', async () => {
    const before = await planned({ swaps: 0.3 });
    const { generated, control } = await planned({ swaps: 0.3 }, [], acceptedOf(before));
    const again = generated.filter(({ variationOf }) => variationOf !== undefined);
    expect(again).toHaveLength(3);
    const work = (item: (typeof generated)[number]) =>
      JSON.stringify([item.film, item.request, item.seed, item.how === 'swap' ? item.donor : '']);
    const done = new Set(before.generated.map(work));
    expect(generated.filter((item) => done.has(work(item)))).toEqual([]);
    expect(new Set(generated.map(work)).size).toBe(generated.length);
    for (const item of again) {
      const of = before.generated[Number(item.variationOf?.slice(3))];
      expect([item.film, item.request, item.patient, item.split]).toEqual([
        of?.film,
        of?.request,
        of?.patient,
        of?.split,
      ]);
    }
    expect(control).toHaveLength(generated.length);
  });

  it('leave out films that are not there any more', async () => {
    const before = await planned();
    const gone = before.generated.map(({ film }) => film).filter((film) => film.startsWith('films/n'));
    const { generated } = await planned({ classes: ['hernia'] }, gone, acceptedOf(before));
    expect(generated.filter(({ film }) => gone.includes(film))).toEqual([]);
  });

  it('are at most a quarter of a class, beside what is kept', () => {
    expect(allotted(20, { keepable: 100, accepted: 100 }, 0.5)).toEqual({ kept: 10, varied: 5, swapped: 3, drawn: 2 });
    expect(allotted(20, { keepable: 0, accepted: 0 }, 0)).toEqual({ kept: 0, varied: 0, swapped: 0, drawn: 20 });
  });
});

describe('words of a plan', () => {
  it.each(DRAWN_FINDINGS)('ask for %s, and are understood', (finding) => {
    const random = randomOf(7);
    for (let time = 0; time < 10; time++) {
      const edits = understood(requestOf(finding, random));
      expect(edits.map((edit) => edit.finding)).toEqual([finding]);
      expect(edits[0]?.places.length).toBeGreaterThan(0);
    }
  });

  it('ask opacities to go', () => {
    const edits = understood(erasureOf(['infiltration', 'pneumonia']));
    expect(edits.map(({ kind, finding }) => [kind, finding])).toEqual([
      ['remove', 'infiltration'],
      ['remove', 'pneumonia'],
    ]);
  });
});

function understood(text: string): readonly FindingChange[] {
  const parsed = parseEdits(text);
  return parsed.understood ? parsed.edits : [];
}

describe('filling up', () => {
  const all = { cap: 100, wanted: 1000, items: 1000, shares: [1, 1, 1] };
  it('lifts the rarest first, to one level', () => {
    expect(filled([1, 5, 20], { ...all, wanted: 10 })).toEqual([8, 8, 20]);
    expect(filled([1, 5, 20], { ...all, wanted: 11 })).toEqual([9, 8, 20]);
    expect(filled([1, 5, 20], all)).toEqual([100, 100, 100]);
    expect(filled([1, 5, 20], { ...all, cap: 10 })).toEqual([10, 10, 20]);
  });
  it('counts what will not be accepted', () => {
    expect(filled([0, 0], { ...all, items: 8, shares: [0.5, 1] })).toEqual([3, 2]);
  });
});

describe('files and films', () => {
  const film = (file: string) => ({ file, patient: '', split: '', source: '', row: 1 });
  it('meet by the end of their paths, whatever their endings', () => {
    const films = [
      film('CheXpert-v1.0/train/p1/s1/view1.jpg'),
      film('CheXpert-v1.0/train/p2/s1/view1.jpg'),
      film('d1'),
      film('gone.png'),
    ];
    const { pathOf, problems } = matchFiles(films, [
      'train/p1/s1/view1.jpg',
      'train/p2/s1/view1.jpg',
      'files/p10/d1.dcm',
      'extra.png',
    ]);
    expect([...pathOf.values()]).toEqual(['train/p1/s1/view1.jpg', 'train/p2/s1/view1.jpg', 'files/p10/d1.dcm']);
    expect(problems).toEqual([
      { kind: 'film-without-file', count: 1, examples: ['gone.png'] },
      { kind: 'file-without-row', count: 1, examples: ['extra.png'] },
    ]);
  });
  it('meet where a film is one frame of a file, unless a file is called so', () => {
    const { pathOf, problems } = matchFiles(
      [film('ward/cine.dcm#2'), film('cine.dcm#3'), film('odd#4'), film('gone.dcm#2')],
      ['films/ward/cine.dcm', 'films/odd#4.png'],
    );
    expect([...pathOf]).toEqual([
      [0, 'films/ward/cine.dcm#2'],
      [1, 'films/ward/cine.dcm#3'],
      [2, 'films/odd#4.png'],
    ]);
    expect(problems).toEqual([{ kind: 'film-without-file', count: 1, examples: ['gone.dcm#2'] }]);
  });
  it('are told when a name fits two files', () => {
    const { pathOf, problems } = matchFiles([film('a.png')], ['x/a.png', 'y/a.png']);
    expect([pathOf.size, problems[0]?.kind]).toEqual([0, 'file-twice']);
  });
});
