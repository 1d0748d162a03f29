import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { byRules } from '../extractor';
import { withoutIdentifiers } from '../identifiers';
import { settled, sideBySide } from '../opinions';
import { fakeOpenAi, type FakeOpenAi, type FakeReply } from '../testing/fakeOpenAi';
import { readAnswer } from './answer';
import { byModel } from './byModel';
import { askOpenAi } from './openAi';
import { requestFor, sendable } from './prompt';

const said = (...items: readonly unknown[]): string => JSON.stringify({ items });
const effusion = {
  quote: 'small left effusion',
  finding: 'effusion',
  certainty: 'certain',
  severity: 1,
  zones: ['left_lower'],
};

describe('an answer of a model', () => {
  const REPORT = 'Heart size normal. Small   left\neffusion. Possible mass.';

  it('becomes items with the words that they were read from', () => {
    const { items, leftOut } = readAnswer(said(effusion), REPORT);
    expect(leftOut).toEqual([]);
    expect(items).toMatchObject([{ finding: 'effusion', severity: 1, places: ['left_lower'], severityStated: true }]);
    expect(REPORT.slice(items[0]?.start, items[0]?.end)).toBe('Small   left\neffusion');
  });

  it('loses what is outside of the vocabulary, what the report does not say, and what is broken; each is told', () => {
    const { items, leftOut } = readAnswer(
      said(
        { ...effusion, finding: 'fracture' },
        { ...effusion, zones: ['left_lower', 'liver'] },
        { ...effusion, quote: 'large right effusion' },
        { ...effusion, severity: 9 },
        'effusion',
      ),
      REPORT,
    );
    expect(items.map(({ finding, places }) => [finding, places])).toEqual([['effusion', ['left_lower']]]);
    expect(leftOut?.map(({ reason }) => reason)).toEqual(['finding', 'zone', 'quote', 'shape', 'shape']);
  });

  it('is read out of fences and after thinking aloud', () => {
    const answer = `<think>{"items": 1}</think>\n\`\`\`json\n${said(effusion)}\n\`\`\``;
    expect(readAnswer(answer, REPORT).items).toHaveLength(1);
  });

  it.each(['', 'I cannot help with that.', '{"items": [{"quote": ', '[]', '{"findings": []}'])(
    'is refused: %j',
    (answer) => {
      expect(() => readAnswer(answer, REPORT)).toThrow(expect.objectContaining({ code: 'model-answer-unreadable' }));
    },
  );

  it('never says anything that cannot be pointed to, whatever the model writes', () => {
    const item = fc.record({
      quote: fc.oneof(fc.string(), fc.constantFrom('mass', 'effusion', 'heart SIZE', '')),
      finding: fc.oneof(fc.string(), fc.constantFrom('mass', 'effusion', '__proto__')),
      certainty: fc.constantFrom('certain', 'negated', 'sure'),
      severity: fc.oneof(fc.double(), fc.constant(null)),
      zones: fc.array(fc.oneof(fc.string(), fc.constant('left_lower'))),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(item, fc.anything())), (items) => {
        for (const { start, end, severity } of readAnswer(JSON.stringify({ items }), REPORT).items) {
          expect(end).toBeGreaterThan(start);
          expect(end).toBeLessThanOrEqual(REPORT.length);
          expect(severity >= 0 && severity <= 3).toBe(true);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('what a model is given', () => {
  it('is what is seen, without history and technique', () => {
    const text = sendable('INDICATION: Cough, John Smith.\nTECHNIQUE: PA.\nFINDINGS: No effusion.\n');
    expect(JSON.stringify(requestFor(text).messages.at(-1))).not.toMatch(/Cough|Smith|PA/);
    expect(requestFor(text).messages.at(-1)?.content).toContain('No effusion.');
  });

  it.each([
    ['Compared to 03/14/2019 and 2018-02-01, unchanged.', '03/14/2019', '2018-02-01'],
    ['Seen since March 3, 2019 and 5 May 2020.', 'March 3', '2019', '5 May 2020'],
    ['Patient: DOE, JANE\nMRN: 1234567\nNo effusion.', 'DOE', 'JANE', '1234567'],
    ['Discussed with Dr. Alan Grant at 4:35 pm by phone.', 'Alan', 'Grant', '4:35'],
    ['Findings called to Ellie Sattler, RN.', 'Ellie', 'Sattler'],
    ['Accession CXR-2019-88213, call (555) 123-4567.', '88213', '123-4567'],
    ['A 93-year-old woman with effusion.', '93'],
    ['Electronically signed by Ian Malcolm MD', 'Ian', 'Malcolm'],
    ['There was a mass at Riverside Hospital before.', 'Riverside'],
    ['SATTLER ELLIE 65 F\nSMALL LEFT EFFUSION', 'SATTLER', 'ELLIE'],
    ['Ellie Sattler\nSmall Left Effusion', 'Ellie', 'Sattler'],
    ['Mail x.y@hospital.org or see www.hospital.org/x.', 'x.y@', 'www.'],
  ])('does not tell whose it is: %s', (report, ...names) => {
    const blanked = withoutIdentifiers(report);
    expect(blanked).toHaveLength(report.length);
    for (const name of names) expect(blanked).not.toContain(name);
  });

  it.each([
    'Heart size is normal. Right lower lobe nodule of 8 mm, 3.5 x 2 cm mass.',
    'Kerley B lines. Swan-Ganz catheter. Grade 2 opacity in 3 zones.',
    'SMALL LEFT PLEURAL EFFUSION. NO PNEUMOTHORAX. THE HEART IS ENLARGED.',
    'FINDINGS: Small LEFT effusion; No Pneumothorax. Cardiac silhouette enlarged.',
  ])('keeps what is seen: %s', (report) => {
    expect(withoutIdentifiers(report)).toBe(report);
  });

  it('bounds the answer by the length of the report', () => {
    const most = (report: string) => /"maxItems":(\d+)/.exec(JSON.stringify(requestFor(report).schema))?.[1];
    expect([most('No effusion.'), most('No effusion. '.repeat(3)), most('No effusion. '.repeat(30))]).toEqual([
      '4',
      '12',
      '32',
    ]);
  });

  it('is refused where nothing is left, and where it is too long', () => {
    expect(() => sendable('INDICATION: Cough.')).toThrow(expect.objectContaining({ code: 'nothing-to-send' }));
    expect(() => sendable('No effusion. '.repeat(600))).toThrow(expect.objectContaining({ code: 'report-too-long' }));
  });
});

describe('a server that speaks the chat completions protocol', () => {
  const servers: FakeOpenAi[] = [];
  const server = async (...replies: readonly FakeReply[]) => {
    const fake = await fakeOpenAi((_, count) => replies[Math.min(count, replies.length) - 1] ?? {});
    servers.push(fake);
    return fake;
  };
  const read = (base: string, signal?: AbortSignal, seconds = 30) =>
    byModel('remote', askOpenAi({ base, seconds })).read('Patient: Jane Doe\nSmall left effusion.', signal);

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((each) => each.close()));
  });

  it('reads a report', async () => {
    const { base, asked } = await server({ content: said(effusion) });
    expect((await read(base)).items).toMatchObject([{ finding: 'effusion', places: ['left_lower'] }]);
    expect(asked[0]?.body).toMatchObject({ temperature: 0, response_format: { type: 'json_schema' } });
    expect(JSON.stringify(asked)).not.toContain('Jane');
  });

  it('is asked without a schema where it does not know them', async () => {
    const { base, asked } = await server({ status: 400, raw: '{"error": "no"}' }, { content: said(effusion) });
    expect((await read(base)).items).toHaveLength(1);
    expect(asked.map(({ body }) => 'response_format' in body)).toEqual([true, false]);
  });

  it.each<readonly [FakeReply, string]>([
    [{ status: 401, raw: '{"error": {"message": "bad key"}}' }, 'model-refused'],
    [{ status: 500, raw: 'oops' }, 'model-refused'],
    [{ raw: '<html>' }, 'model-answer-unreadable'],
    [{ raw: '{"choices": []}' }, 'model-answer-unreadable'],
    [{ content: '{"items": [', finish: 'length' }, 'model-answer-unreadable'],
    [{ content: 'Sure!' }, 'model-answer-unreadable'],
  ])('fails by name: %j', async (reply, code) => {
    const { base } = await server(reply);
    await expect(read(base)).rejects.toMatchObject({ code, advice: expect.any(String) as string });
  });

  it('is given up where nobody is there, after a while, and when the user says so', async () => {
    await expect(read('http://127.0.0.1:9/v1')).rejects.toMatchObject({ code: 'model-unreachable' });
    const { base, calledOff } = await server({ silent: true });
    await expect(read(base, undefined, 0.2)).rejects.toMatchObject({ code: 'model-timeout' });
    const stop = new AbortController();
    const reading = read(base, stop.signal);
    setTimeout(() => {
      stop.abort();
    }, 100);
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(calledOff).toBe(2);
  });
});

describe('two readings side by side', () => {
  const REPORT = 'Small left effusion. No pneumothorax. Possible mass.';
  const rules = byRules.read(REPORT);
  const mass = { quote: 'Possible mass', finding: 'mass', certainty: 'certain', severity: 3, zones: [] };
  const nodule = { ...mass, quote: 'mass', finding: 'nodule' };
  const model = readAnswer(said(effusion, mass, nodule), REPORT);

  it('agree, or leave it to a person', () => {
    expect(sideBySide(rules, model).map(({ finding, agree }) => [finding, agree])).toEqual([
      ['effusion', true],
      ['pneumothorax', true],
      ['nodule', false],
      ['mass', false],
    ]);
  });

  it('a model overrules and adds nothing until somebody ticks it', () => {
    const opinions = sideBySide(rules, model);
    expect(settled(rules, opinions, (_, reader) => reader === 'rules').items).toEqual(rules.items);
    const all = settled(rules, opinions, (_, reader) => reader === 'model').items;
    expect(all.map(({ finding, certainty }) => [finding, certainty])).toEqual([
      ['effusion', 'certain'],
      ['pneumothorax', 'negated'],
      ['mass', 'certain'],
      ['nodule', 'certain'],
    ]);
  });
});
