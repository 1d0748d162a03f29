/** The whole way to a real archive: a film found, opened, edited, and its counterfactual filed beside it. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { originOf, writeRecipe } from '../../src/counterfactual/recipe';
import { recordOf, sketchOnto } from '../../src/counterfactual/sketch/drawFinding';
import { smoothChest } from '../../src/counterfactual/sketch/testing/chests';
import { openRadiograph } from '../../src/dicom/open';
import { chestAttributes, words, writeDicom, type Attributes } from '../../src/dicom/testing/write-dicom';
import { Archive } from '../../src/dicom/web/archive';
import { StudySearch } from '../../src/dicom/web/study-search';
import { hasOrthanc, startOrthanc, type RunningOrthanc } from '../../src/dicom/web/testing/orthanc';
import { encodeFor } from '../../src/export/writers/pictures';
import { parseServeOptions } from './options.mjs';
import { createStaticServer } from './static-server.mjs';

const SIZE = 300;
const DX = '1.2.840.10008.5.1.4.1.1.1.1';
const REFERENCE = {
  studyInstanceUid: '1.2.826.0.1.3680043.9.7',
  seriesInstanceUid: '1.2.826.0.1.3680043.9.7.1',
  sopClassUid: DX,
  sopInstanceUid: '1.2.826.0.1.3680043.9.7.1.1',
};
/** Umlauts in ISO 8859-1, as the film says. */
const latin = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const film = (fields: Attributes = {}): Uint8Array =>
  writeDicom({
    attributes: {
      ...chestAttributes(SIZE, SIZE),
      '00080005': ['CS', 'ISO_IR 100'],
      '00080016': ['UI', DX],
      '00080018': ['UI', REFERENCE.sopInstanceUid],
      '00080030': ['TM', '101500'],
      '00080050': ['SH', 'A-4711'],
      '00080090': ['PN', 'Referrer^R'],
      '00081030': ['LO', 'Chest'],
      '00100010': ['PN', latin('Müller^Jörg')],
      '00100020': ['LO', 'P-17'],
      '00100021': ['LO', 'Ward'],
      '00100030': ['DA', '19720101'],
      '00100040': ['CS', 'M'],
      '0020000D': ['UI', REFERENCE.studyInstanceUid],
      '0020000E': ['UI', REFERENCE.seriesInstanceUid],
      '00200010': ['SH', 'S1'],
      '00200011': ['IS', '1'],
      '00200013': ['IS', '1'],
      '7FE00010': ['OW', words(Uint16Array.from({ length: SIZE * SIZE }, (_, at) => (at * 37) % 4096))],
      ...fields,
    },
  });

describe.skipIf(!hasOrthanc)('a real archive (skipped where orthanc and orthanc-dicomweb are not installed)', () => {
  let orthanc: RunningOrthanc;
  let server: Server;
  let folder: string;
  let archive: Archive;
  const any = { modalities: [] };

  async function studio(environment: Readonly<Record<string, string>>): Promise<{ server: Server; base: string }> {
    const { pacs } = parseServeOptions(['--pacs', orthanc.base], environment);
    const started: Server = await createStaticServer(folder, { pacs });
    // An edit keeps this process from answering for seconds.
    started.keepAliveTimeout = 600_000;
    await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
    const address = started.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    return { server: started, base: `http://127.0.0.1:${String(port)}/pacs` };
  }

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'counterpart-pacs-'));
    writeFileSync(join(folder, 'index.html'), '<p>studio</p>');
    orthanc = await startOrthanc();
    const { user, password } = orthanc;
    const started = await studio({ COUNTERPART_PACS_USER: user, COUNTERPART_PACS_PASSWORD: password });
    server = started.server;
    archive = new Archive({ base: started.base, name: 'orthanc' });
    const { studyInstanceUid, sopInstanceUid } = REFERENCE;
    await archive.store(studyInstanceUid, { sopInstanceUid, bytes: film() });
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await orthanc.stop();
    rmSync(folder, { recursive: true });
  });

  it.each([
    { patientName: 'Müller' },
    { patientName: 'Müller, J' },
    { patientId: 'P-17' },
    { accession: 'A-4711', modalities: ['CR', 'DX'] },
    { from: '2024-02-29', to: '2024-02-29' },
    { from: '2024-01-01' },
  ])('finds the study by %j', async (query) => {
    const found = await new StudySearch(archive, { ...any, ...query }).next();
    expect(found).toEqual([
      {
        studyInstanceUid: REFERENCE.studyInstanceUid,
        patientName: 'Müller^Jörg',
        patientId: 'P-17',
        accession: 'A-4711',
        date: '2024-02-29',
        time: '10:15',
        description: 'Chest',
        modalities: ['DX'],
        instances: 1,
      },
    ]);
  });

  it.each([{ patientId: 'P-18' }, { to: '2024-02-28' }, { modalities: ['CR'] }])(
    'finds nothing by %j',
    async (query) => {
      expect(await new StudySearch(archive, { ...any, ...query }).next()).toEqual([]);
    },
  );

  it('shows the film small, gives its file as it is, and says whose it is', async () => {
    const [series] = await archive.series(REFERENCE);
    expect(series).toMatchObject({ modality: 'DX', number: 1 });
    const [instance] = await archive.instances(REFERENCE);
    expect(instance).toMatchObject({ sopInstanceUid: REFERENCE.sopInstanceUid, number: 1, rows: SIZE });
    const small = await fetch(archive.thumbnail(REFERENCE, 96));
    expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    expect([...new Uint8Array(await small.arrayBuffer()).subarray(0, 2)]).toEqual([0xff, 0xd8]);
    const opened = await openRadiograph(await archive.retrieve(REFERENCE), 'film.dcm');
    expect(opened.dicomReference).toEqual(REFERENCE);
    const given = await openRadiograph(film(), 'film.dcm');
    expect(opened.pixels).toEqual(given.pixels);
    expect((await archive.sourceStudy(REFERENCE)).patientName).toBe('Müller^Jörg');
    await expect(archive.sourceStudy({ ...REFERENCE, sopInstanceUid: '1.2' })).rejects.toMatchObject({
      code: 'archive-missing',
    });
  });

  it('takes a counterfactual into the film’s study, of the film’s patient, the same outside the mask', async () => {
    const opened = await openRadiograph(await archive.retrieve(REFERENCE), 'film.dcm');
    const edit = { kind: 'add', finding: 'nodule', places: ['right_mid'], severity: 2 } as const;
    const record = recordOf({ edit });
    const { radiograph, hard: mask } = sketchOnto(opened, smoothChest(SIZE, SIZE), { edit }, record, 3);
    const image = { ...radiograph, synthetic: true };
    expect(image.pixels.filter((value, at) => value !== opened.pixels[at]).length).toBeGreaterThan(50);
    const recipe = await writeRecipe({
      radiograph: opened,
      edit,
      sampling: { sampler: 'sketch', seed: 3 },
      drawn: [record],
      models: {},
      backend: 'none',
      createdAt: new Date('2026-01-01T00:00:00Z'),
    });
    const source = await archive.sourceStudy(REFERENCE);
    const asked = { recipe, request: 'nodule', film: await originOf(opened), version: '0.11.0' };
    const made = await encodeFor(image, asked, source);
    await archive.store(source.studyInstanceUid, made);
    // Sent again, it is there once.
    await archive.store(source.studyInstanceUid, await encodeFor(image, asked, source));

    const [study, ...others] = await new StudySearch(archive, { ...any, patientId: 'P-17' }).next();
    expect(others).toEqual([]);
    expect(study).toMatchObject({
      studyInstanceUid: REFERENCE.studyInstanceUid,
      patientName: 'Müller^Jörg',
      instances: 2,
    });
    expect([...(study?.modalities ?? [])].sort()).toEqual(['DX', 'OT']);
    const series = (await archive.series(REFERENCE)).find(({ modality }) => modality === 'OT');
    expect(series?.description).toMatch(/^SYNTHETIC/);
    const [instance] = series === undefined ? [] : await archive.instances(series);
    expect(instance?.sopInstanceUid).toBe(made.sopInstanceUid);
    const back = await openRadiograph(await archive.retrieve(instance ?? REFERENCE), 'result.dcm');
    expect(back.synthetic).toBe(true);
    const differing = back.pixels.filter((value, at) => value !== opened.pixels[at] && mask.data[at] === 0);
    expect(differing).toHaveLength(0);
    expect(back.pixels).toEqual(image.pixels);
    expect((await archive.sourceStudy({ ...REFERENCE, ...instance })).attributes).toEqual(source.attributes);
  });

  it('gives long lists page by page, each study once', async () => {
    for (let n = 0; n < 5; n++) {
      const uids = { studyInstanceUid: `1.2.9.${String(n)}`, sopInstanceUid: `1.2.9.${String(n)}.1.1` };
      const bytes = film({
        '00080018': ['UI', uids.sopInstanceUid],
        '00080020': ['DA', `2025010${String(n + 1)}`],
        '00100020': ['LO', 'MANY'],
        '0020000D': ['UI', uids.studyInstanceUid],
        '0020000E': ['UI', `1.2.9.${String(n)}.1`],
      });
      await archive.store(uids.studyInstanceUid, { ...uids, bytes });
    }
    const search = new StudySearch(archive, { patientId: 'MANY', modalities: ['CR', 'DX'] }, 2);
    const counts: number[] = [];
    while (search.more) counts.push((await search.next()).length);
    expect(counts).toEqual([2, 4, 5]);
    const all = await new StudySearch(archive, { patientId: 'MANY', modalities: ['DX'] }).next();
    expect(all.map(({ date }) => date)).toEqual(['2025-01-05', '2025-01-04', '2025-01-03', '2025-01-02', '2025-01-01']);
  });

  it('refuses a file of another study, and whoever has no password', async () => {
    const stray = archive.store('1.2.3.99', { sopInstanceUid: REFERENCE.sopInstanceUid, bytes: film() });
    await expect(stray).rejects.toMatchObject({
      code: expect.stringMatching(/^archive-(?:not-stored|refused)$/) as string,
    });
    const { server: open, base } = await studio({});
    const search = new StudySearch(new Archive({ base, name: 'orthanc' }), any).next();
    await expect(search).rejects.toMatchObject({ code: 'archive-denied', status: 401 });
    open.closeAllConnections();
    await new Promise((resolve) => open.close(resolve));
  });
});
