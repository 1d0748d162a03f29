import { describe, expect, it, vi } from 'vitest';
import { chestAttributes, writeDicom } from '../testing/write-dicom';
import { Archive } from './archive';
import { multipartOf } from './multipart';
import { StudySearch } from './study-search';

const FILM = { studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4', sopClassUid: '1.2.840' };
const ANY = { modalities: [] };
const JSON_TYPE = { 'content-type': 'application/dicom+json' };

interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly init: RequestInit;
}
type Reply = (asked: Asked) => Response | Promise<Response>;

/** An archive behind a fetch that answers as told. */
function archive(reply: Reply, seconds?: number): { readonly archive: Archive; readonly asked: Asked[] } {
  const asked: Asked[] = [];
  const fetch = vi.fn(async (address: string | URL | Request, init: RequestInit = {}) => {
    const url = new URL(address instanceof Request ? address.url : address);
    const one = { path: url.pathname, query: url.searchParams, init };
    asked.push(one);
    return reply(one);
  });
  const server = { base: 'http://studio/pacs', name: 'pacs.example', fetch, ...(seconds !== undefined && { seconds }) };
  return { archive: new Archive(server), asked };
}

const json = (body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { ...JSON_TYPE, ...headers } });
const text = (body: string, status: number, type = 'text/plain'): Response =>
  new Response(body, { status, headers: { 'content-type': type } });
const study = (uid: string, date = '20240101') => ({
  '0020000D': { vr: 'UI', Value: [uid] },
  '00080020': { vr: 'DA', Value: [date] },
});
const search = (reply: Reply, seconds?: number): Promise<unknown> =>
  new StudySearch(archive(reply, seconds).archive, ANY).next();

describe('a search', () => {
  it('asks as QIDO-RS has it', async () => {
    const { archive: pacs, asked } = archive(() => json([]));
    await new StudySearch(pacs, {
      patientId: ' 17 ',
      patientName: 'Müller, J',
      accession: '',
      from: '2024-01-02',
      to: undefined,
      modalities: ['CR', 'DX'],
    }).next();
    expect(asked.map(({ path }) => path)).toEqual(['/pacs/studies', '/pacs/studies']);
    expect(asked.map(({ query }) => query.get('ModalitiesInStudy'))).toEqual(['CR', 'DX']);
    const { PatientID, PatientName, AccessionNumber, StudyDate, limit, offset } = Object.fromEntries(
      asked[0]?.query ?? [],
    );
    expect({ PatientID, PatientName, AccessionNumber, StudyDate, limit, offset }).toEqual({
      PatientID: '17',
      PatientName: 'M*ller*J*',
      AccessionNumber: undefined,
      StudyDate: '20240102-',
      limit: '50',
      offset: '0',
    });
  });

  it.each([
    ['山田', '山田*'],
    ['Ωμέγα Σ', 'Ωμέγα Σ*'],
    [' Doe, Jane', 'Doe*Jane*'],
    ['  ', null],
  ])('for %j asks for %j: a name without a letter of ASCII is not everybody', async (patientName, asked) => {
    const { archive: pacs, asked: questions } = archive(() => json([]));
    await new StudySearch(pacs, { ...ANY, patientName }).next();
    expect(questions[0]?.query.get('PatientName')).toBe(asked);
  });

  it('keeps what one modality gave when the next fails', async () => {
    const { archive: pacs } = archive(({ query }) =>
      query.get('ModalitiesInStudy') === 'CR' ? json([study('1.2')]) : text('', 500),
    );
    const going = new StudySearch(pacs, { modalities: ['CR', 'DX'] });
    await expect(going.next()).rejects.toMatchObject({ code: 'archive-refused' });
    expect(going.studies.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1.2']);
    expect(going.more).toBe(true);
  });

  it('stops reading an answer that does not end', async () => {
    let given = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        given += 1;
        controller.enqueue(new Uint8Array(2 ** 22));
      },
    });
    await expect(search(() => new Response(endless, { headers: JSON_TYPE }))).rejects.toMatchObject({
      code: 'archive-too-many',
    });
    expect(given).toBeLessThan(16);
  });

  it('finds nothing where the archive says so in either way', async () => {
    expect(await search(() => new Response(undefined, { status: 204 }))).toEqual([]);
    expect(await search(() => json([]))).toEqual([]);
  });

  it('reads what archives leave out or write oddly, and uses no number that is none', async () => {
    const odd = {
      ...study('1.2.9'),
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' }] },
      '00080061': { vr: 'CS', Value: ['CR', null, 'DX'] },
      '00081030': { vr: 'LO' },
      '00201208': { vr: 'IS', Value: ['two'] },
    };
    const found = await search(() => json([odd, { '0020000D': { vr: 'UI', Value: ['../patients'] } }]));
    expect(found).toEqual([
      {
        studyInstanceUid: '1.2.9',
        patientName: 'Yamada^Tarou=山田^太郎',
        patientId: undefined,
        accession: undefined,
        date: '2024-01-01',
        time: undefined,
        description: undefined,
        modalities: ['CR', 'DX'],
        instances: undefined,
      },
    ]);
  });

  const all = ['1.1', '1.2', '1.3', '1.4', '1.5'].map((uid, at) => study(uid, `2024010${String(at + 1)}`));
  it.each<[string, Reply]>([
    ['pages', ({ query }) => json(all.slice(at(query, 'offset'), at(query, 'offset') + at(query, 'limit')))],
    ['counts the limit from the first', ({ query }) => json(all.slice(at(query, 'offset'), at(query, 'limit')))],
    ['ignores offsets', ({ query }) => json(all.slice(0, at(query, 'limit')))],
    ['ignores limits', () => json(all)],
    [
      'gives less than asked for and says so',
      ({ query }) =>
        json(all.slice(at(query, 'offset'), at(query, 'offset') + 1), 200, {
          warning: '299 pacs "There are more results"',
        }),
    ],
  ])('lists each study once from an archive that %s', async (_, reply) => {
    const going = new StudySearch(archive(reply).archive, ANY, 2);
    let found = await going.next();
    for (let page = 0; going.more && page < 20; page++) found = await going.next();
    expect(going.more).toBe(false);
    expect(found.map(({ studyInstanceUid }) => studyInstanceUid)).toEqual(['1.5', '1.4', '1.3', '1.2', '1.1']);
  });

  it.each<[string, Reply, object]>([
    ['is down', () => Promise.reject(new TypeError('fetch failed')), { code: 'archive-unreachable' }],
    [
      'is down behind the proxy',
      () => json({ error: { code: 'pacs-unreachable' } }, 502),
      { code: 'archive-unreachable' },
    ],
    ['is silent behind the proxy', () => json({ error: { code: 'pacs-timeout' } }, 504), { code: 'archive-timeout' }],
    ['is not named any more', () => json({ error: { code: 'pacs-off' } }, 404), { code: 'archive-off' }],
    ['moves on', () => json({ error: { code: 'pacs-redirected' } }, 502), { code: 'archive-redirected' }],
    ['moves on by itself', () => new Response(undefined, { status: 302 }), { code: 'archive-redirected' }],
    [
      'asks for a password',
      () => text('', 401),
      { code: 'archive-denied', advice: expect.stringContaining('PACS_USER') as string },
    ],
    [
      'forbids it',
      () => text('', 403),
      { code: 'archive-denied', advice: expect.stringContaining('account') as string },
    ],
    ['finds too many', () => text('too broad', 413), { code: 'archive-too-many' }],
    ['has no such service', () => text('Not found', 404), { code: 'archive-answer-unreadable' }],
    ['shows a page', () => text('<html>', 200, 'text/html'), { code: 'archive-answer-unreadable' }],
    ['gives no list', () => json({ studies: [] }), { code: 'archive-answer-unreadable' }],
    ['gives studies without number', () => json([{}]), { code: 'archive-answer-unreadable' }],
    [
      'is busy',
      () => text('later', 503),
      { code: 'archive-refused', advice: expect.stringContaining('busy') as string },
    ],
    [
      'fails',
      () => text('no such patient: Doe^Jane', 500),
      { code: 'archive-refused', message: expect.stringMatching(/\(status 500\)/) as string },
    ],
  ])('says what to do where the archive %s', async (_, reply, told) => {
    await expect(search(reply)).rejects.toMatchObject({ advice: expect.stringMatching(/\w/) as string, ...told });
  });

  it('waits no longer than it says', async () => {
    const silent: Reply = ({ init }) =>
      new Promise((_, reject) => {
        init.signal?.addEventListener('abort', () => {
          reject(init.signal?.reason as Error);
        });
      });
    await expect(search(silent, 0.02)).rejects.toMatchObject({ code: 'archive-timeout' });
    const stop = new AbortController();
    const asked = new StudySearch(archive(silent).archive, ANY).next(stop.signal);
    stop.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});

function at(query: URLSearchParams, name: string): number {
  return Number(query.get(name));
}

describe('a film', () => {
  const film = (transferSyntax: string): Uint8Array =>
    writeDicom({ transferSyntax, attributes: chestAttributes(4, 4), fragments: [new Uint8Array(4)] });
  const related = (bytes: Uint8Array): Response => {
    const { contentType, body } = multipartOf(bytes);
    return new Response(body as Uint8Array<ArrayBuffer>, { headers: { 'content-type': contentType } });
  };
  const [J2K, JPIP] = ['1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.94'];
  const syntaxAsked = ({ init }: Asked): string =>
    /syntax=(\S+)/.exec(new Headers(init.headers).get('accept') ?? '')?.[1] ?? '';

  it('comes as it is kept', async () => {
    const { archive: pacs, asked } = archive(() => related(film(J2K)));
    expect(await pacs.retrieve(FILM)).toEqual(film(J2K));
    expect(asked.map(syntaxAsked)).toEqual(['*']);
    const bare = archive(
      () => new Response(film(J2K) as Uint8Array<ArrayBuffer>, { headers: { 'content-type': 'application/dicom' } }),
    );
    expect(await bare.archive.retrieve(FILM)).toEqual(film(J2K));
  });

  it('comes uncompressed where it cannot be read as it is kept, and as it is where the archive cannot help', async () => {
    const plain = writeDicom({ attributes: chestAttributes(4, 4) });
    const able = archive((asked) => related(syntaxAsked(asked) === '*' ? film(JPIP) : plain));
    expect(await able.archive.retrieve(FILM)).toEqual(plain);
    const unable = archive((asked) => (syntaxAsked(asked) === '*' ? related(film(JPIP)) : text('', 406)));
    expect(await unable.archive.retrieve(FILM)).toEqual(film(JPIP));
  });

  it('comes from an archive that does not know “as it is kept”', async () => {
    const { archive: pacs } = archive((asked) => (syntaxAsked(asked) === '*' ? text('', 406) : related(film(J2K))));
    expect(await pacs.retrieve(FILM)).toEqual(film(J2K));
  });

  it('is missed by name, and half a film is none', async () => {
    await expect(archive(() => text('', 404)).archive.retrieve(FILM)).rejects.toMatchObject({
      code: 'archive-missing',
    });
    const cut = archive(async () => {
      const whole = related(film(J2K));
      const bytes = new Uint8Array(await whole.arrayBuffer());
      return new Response(bytes.subarray(0, bytes.length - 60), { headers: whole.headers });
    });
    await expect(cut.archive.retrieve(FILM)).rejects.toMatchObject({ code: 'archive-answer-unreadable' });
  });

  it('is of the patient that the archive has now, and of no other film', async () => {
    const known = {
      ...study('1.2'),
      '0020000E': { vr: 'UI', Value: ['1.2.3\0'] },
      '00080018': { vr: 'UI', Value: ['1.2.3.4'] },
      '00100020': { vr: 'LO', Value: ['P-17'] },
    };
    const source = await archive(() => json([known])).archive.sourceStudy(FILM);
    expect(source).toMatchObject({ studyInstanceUid: '1.2', patientId: 'P-17', patientName: undefined });
    expect(source.attributes).toMatchObject({ '00100020': ['LO', 'P-17'], '00100010': ['PN', ''] });
    for (const other of [study('1.3'), { '0020000E': { Value: ['1.2.4'] } }, { '00080018': { Value: ['1.2.3.5'] } }])
      await expect(archive(() => json([{ ...known, ...other }])).archive.sourceStudy(FILM)).rejects.toMatchObject({
        code: 'archive-other-study',
      });
    await expect(archive(() => text('', 404)).archive.sourceStudy(FILM)).rejects.toMatchObject({
      code: 'archive-missing',
    });
  });
});

describe('whose a film is', () => {
  const of = (fields: object) =>
    archive(() =>
      json([
        {
          ...study('1.2'),
          '0020000E': { Value: ['1.2.3'] },
          '00080018': { Value: ['1.2.3.4'] },
          ...fields,
        },
      ]),
    ).archive.sourceStudy(FILM);

  it('is read where groups of the name are null, and values end in NUL', async () => {
    const { attributes } = await of({
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎', Phonetic: null }] },
      '00100020': { vr: 'LO', Value: ['P-17\0'] },
      '00080090': { vr: 'PN', Value: [null] },
    });
    expect(attributes).toMatchObject({
      '00100010': ['PN', 'Yamada^Tarou=山田^太郎'],
      '00100020': ['LO', 'P-17'],
      '00080090': ['PN', ''],
    });
  });

  it.each<[string, object]>([
    ['a name in an unknown form', { '00100010': { vr: 'PN', Value: [{ Alphabetic: { text: 'Doe' } }] } }],
    ['an ID as bytes', { '00100020': { vr: 'UN', InlineBinary: 'UC0xNw==' } }],
    ['an ID elsewhere', { '00100020': { vr: 'UN', BulkDataURI: 'http://pacs.example/1' } }],
  ])('is not empty where the archive gives %s: nothing is filed so', async (_, fields) => {
    await expect(of(fields)).rejects.toMatchObject({ code: 'archive-answer-unreadable' });
  });

  it('is asked by numbers alone: nothing else gets into an address', async () => {
    const { archive: pacs, asked } = archive(() => json([]));
    const bad = { ...FILM, sopInstanceUid: '../../patients' };
    await expect(pacs.sourceStudy(bad)).rejects.toMatchObject({ code: 'archive-missing' });
    await expect(pacs.retrieve(bad)).rejects.toMatchObject({ code: 'archive-missing' });
    const file = { sopInstanceUid: '1.2', bytes: new Uint8Array() };
    await expect(pacs.store('../patients', file)).rejects.toMatchObject({ code: 'archive-missing' });
    expect(asked).toEqual([]);
  });
});

describe('a result', () => {
  const file = { sopInstanceUid: '2.25.1', bytes: Uint8Array.of(1, 2, 3) };
  const item = (uid: string, fields: object = {}) => ({ '00081155': { vr: 'UI', Value: [uid] }, ...fields });
  const told = (stored: readonly object[], failed: readonly object[] = []) => ({
    '00081199': { vr: 'SQ', Value: stored },
    '00081198': { vr: 'SQ', Value: failed },
  });
  const store = (reply: Reply) => archive(reply).archive.store('1.2', file);

  it('is sent into its study as one file', async () => {
    const { archive: pacs, asked } = archive(() => json(told([item('2.25.1')])));
    expect(await pacs.store('1.2', file)).toBeUndefined();
    const [{ path, init } = { path: '', init: {} }] = asked;
    expect([path, init.method]).toEqual(['/pacs/studies/1.2', 'POST']);
    expect(new Headers(init.headers).get('content-type')).toMatch(
      /^multipart\/related; type="application\/dicom"; boundary=2\.25\./,
    );
    expect(new TextDecoder('latin1').decode(init.body as Uint8Array)).toContain('\r\n\r\n\u0001\u0002\u0003\r\n--');
  });

  it('may be kept with a warning', async () => {
    expect(await store(() => json(told([item('2.25.1', { '00081196': { vr: 'US', Value: [45056] } })]), 202))).toBe(
      45056,
    );
  });

  it.each<[string, Reply, RegExp]>([
    ['no room', () => json(told([], [item('2.25.1', { '00081197': { vr: 'US', Value: [0xa700] } })]), 409), /no room/],
    [
      'another kind',
      () => json(told([], [item('2.25.1', { '00081197': { vr: 'US', Value: [0x0122] } })]), 202),
      /kind/,
    ],
    [
      'a number that nobody knows',
      () => json(told([], [item('2.25.1', { '00081197': { vr: 'US', Value: [7] } })])),
      /failure 7/,
    ],
    [
      'that another file has its number',
      () => json(told([], [item('2.25.9', { '00081197': { vr: 'US', Value: [0x0111] } })]), 409),
      /another instance/,
    ],
  ])('is not taken for kept where the archive tells %s', async (_, reply, message) => {
    await expect(store(reply)).rejects.toMatchObject({
      code: 'archive-not-stored',
      message: expect.stringMatching(message) as string,
    });
  });

  it('is kept where the archive has it already under its number', async () => {
    const duplicate = item('2.25.1', { '00081197': { vr: 'US', Value: [0x0111] } });
    expect(await store(() => json(told([], [duplicate]), 409))).toBeUndefined();
  });

  it.each<[string, Reply]>([
    ['answers with something else', () => text('ok', 200)],
    ['says nothing of this file', () => json(told([item('2.25.9')]))],
    ['says nothing at all', () => json({})],
    ['is silent behind the proxy', () => json({ error: { code: 'pacs-timeout' } }, 504)],
    ['breaks off', () => Promise.reject(new TypeError('terminated'))],
    ['fails on the way', () => text('', 502)],
  ])('may have been kept where the archive %s: it says so', async (_, reply) => {
    await expect(store(reply)).rejects.toMatchObject({
      code: 'archive-uncertain',
      advice: expect.stringMatching(/search .* before sending again/) as string,
    });
  });

  it.each<[string, Reply, string]>([
    ['denies it', () => text('', 403), 'archive-denied'],
    ['is busy', () => text('', 503), 'archive-refused'],
    ['is kept from it by the proxy', () => json({ error: { code: 'pacs-too-large' } }, 413), 'archive-not-passed-on'],
  ])('was certainly not kept where the archive %s', async (_, reply, code) => {
    await expect(store(reply)).rejects.toMatchObject({ code });
  });
});
