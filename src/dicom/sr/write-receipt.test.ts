import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../counterfactual/receipt/receipt';
import { parseDataSet } from '../data-set';
import { COMPREHENSIVE_SR, writeReceipt } from './write-receipt';

const RESULT = {
  studyInstanceUid: '2.25.1',
  seriesInstanceUid: '2.25.2',
  sopClassUid: '1.2.840.10008.5.1.4.1.1.7',
  sopInstanceUid: '2.25.3',
};
const FILM = { ...RESULT, studyInstanceUid: '1.2', seriesInstanceUid: '1.2.3', sopInstanceUid: '1.2.3.4' };
const RECEIPT: Receipt = {
  verdict: 'amber',
  lines: [
    {
      id: 'effect-effusion',
      question: 'Did it come?',
      verdict: 'amber',
      reason: 'Somewhat: É\\ü.',
      key: '31 → 52 %',
      figures: [{ label: 'Effusion', value: '31 → 52 %' }],
    },
    {
      id: 'undo',
      question: 'Can it be undone?',
      verdict: undefined,
      reason: 'Not measured.',
      key: undefined,
      figures: [],
    },
  ],
};
const OPTIONS = {
  version: '1.2.3',
  request: 'mild effusion',
  result: { ...RESULT, instanceNumber: 4 },
  now: new Date(0),
};

async function report(options: Partial<Parameters<typeof writeReceipt>[1]> = {}) {
  const bytes = await writeReceipt(RECEIPT, { ...OPTIONS, ...options });
  const { dataSet } = parseDataSet(bytes, 'receipt.dcm') ?? {};
  if (dataSet === undefined) throw new Error('it is DICOM');
  return { bytes, dataSet, text: new TextDecoder().decode(bytes) };
}

describe('a receipt as a structured report', () => {
  it('stands in the study of its result, as a series of its own, of nobody', async () => {
    const { dataSet } = await report();
    expect(dataSet.text('x00080016')).toBe(COMPREHENSIVE_SR);
    expect(dataSet.text('x0020000d')).toBe(RESULT.studyInstanceUid);
    expect(dataSet.text('x0020000e')).not.toBe(RESULT.seriesInstanceUid);
    expect(dataSet.text('x00100010')).toBeUndefined();
    expect(dataSet.text('x00200013')).toBe('4');
    expect(dataSet.text('x0040a493')).toBe('UNVERIFIED');
  });

  it('says what was asked, the verdict, and of each line question, verdict, reason and figures', async () => {
    const { dataSet, text } = await report();
    const meaningOf = (item: (typeof items)[number]) => item.firstItem('x0040a043')?.text('x00080104');
    const items = dataSet.items('x0040a730');
    const valueOf = (meaning: string) =>
      items
        .find((item) => meaningOf(item) === meaning)
        ?.firstItem('x0040a168')
        ?.text('x00080104');
    expect(items.map(meaningOf)).toEqual([
      'Language of Content Item and Descendants',
      'Observer Type',
      'Device Observer UID',
      'Device Observer Name',
      'Counterfactual',
      'Asked',
      'Verdict',
      'Effect on what was asked for',
      'Undoing it',
    ]);
    expect(valueOf('Verdict')).toBe('With care');
    const [effect, undo] = items.slice(-2).map((item) => item.items('x0040a730'));
    expect(effect?.map(meaningOf)).toEqual(['Question', 'Verdict', 'Reason', 'Figure']);
    expect(undo?.[1]?.firstItem('x0040a168')?.text('x00080104')).toBe('Not measured');
    for (const said of ['mild effusion', 'Did it come?', 'Somewhat: É\\ü.', 'Effusion: 31 → 52 %'])
      expect(text).toContain(said);
  });

  it('names its result, and the film and frame where that may be named, as content and as evidence', async () => {
    const { dataSet } = await report({ source: { reference: FILM, frame: { number: 2, count: 3 } } });
    const images = dataSet.items('x0040a730').flatMap((item) => item.items('x00081199'));
    expect(images.map((image) => image.text('x00081155'))).toEqual([RESULT.sopInstanceUid, FILM.sopInstanceUid]);
    expect(images[1]?.text('x00081160')).toBe('2');
    const evidence = dataSet
      .items('x0040a375')
      .map((study) => [
        study.text('x0020000d'),
        ...study
          .items('x00081115')
          .flatMap((series) => [
            series.text('x0020000e'),
            ...series.items('x00081199').map((instance) => instance.text('x00081155')),
          ]),
      ]);
    expect(evidence).toEqual([
      ['2.25.1', '2.25.2', '2.25.3'],
      ['1.2', '1.2.3', '1.2.3.4'],
    ]);
    const beside = await report({ source: { reference: { ...FILM, studyInstanceUid: '2.25.1' }, frame: undefined } });
    expect(beside.dataSet.items('x0040a375')).toHaveLength(1);
  });

  it('is the same instance when it is written again, and another for another result', async () => {
    const uid = async (options?: Parameters<typeof report>[0]) => (await report(options)).dataSet.text('x00080018');
    expect(await uid({ now: new Date(1e12) })).toBe(await uid());
    expect(await uid({ result: { ...OPTIONS.result, sopInstanceUid: '2.25.9' } })).not.toBe(await uid());
  });
});
