import { describe, expect, it } from 'vitest';
import { sourceStudy } from '../../dicom/web/source-study';
import { parseDataSet } from '../../dicom/data-set';
import { fakeItem, fakeResult, memorySink } from '../testing/fakes';
import { exportResults } from '../write';
import { encodeFor } from './pictures';

describe('a result for its film’s study', () => {
  const { image, recipe } = fakeResult().counterfactual;
  const asked = { recipe, request: 'nodule', film: 'a', version: '0.0.0' };
  const of = (patientId: string) => sourceStudy({ '00100020': { Value: [patientId] } }, '1.2.3', 'pacs');

  it('is another instance for another patient: the number stands for all that the file says', async () => {
    const [one, again, other] = [
      await encodeFor(image, asked, of('P-17')),
      await encodeFor(image, asked, of('P-17')),
      await encodeFor(image, asked, of('P-18')),
    ];
    expect(again.sopInstanceUid).toBe(one.sopInstanceUid);
    expect(other.sopInstanceUid).not.toBe(one.sopInstanceUid);
  });
});

describe('receipts as DICOM reports', () => {
  it('name the pictures that are written with them, also where those were not asked for', async () => {
    for (const formats of [['sr'], ['sr', 'dicom', 'png']]) {
      const sink = memorySink();
      await exportResults([fakeItem('1'), fakeItem('2', { label: 'mild nodule' })], sink, {
        formats,
        version: '1.2.3',
        title: 'a-set',
      });
      const uidIn = (path: string, tag: string) => {
        const bytes = sink.files.get(path) ?? new Uint8Array();
        const { dataSet } = parseDataSet(bytes, path) ?? {};
        return tag === 'x00081155'
          ? dataSet
              ?.items('x0040a730')
              .flatMap((item) => item.items('x00081199'))[0]
              ?.text(tag)
          : dataSet?.text(tag);
      };
      const pictures = [...sink.files.keys()].filter((path) => /^images.*dcm$/.test(path));
      expect(pictures).toHaveLength(2);
      for (const path of pictures) {
        const receipt = path.replace(/^.*\//, 'receipts/');
        expect(uidIn(receipt, 'x00081155')).toBe(uidIn(path, 'x00080018'));
        expect(uidIn(receipt, 'x0020000d')).toBe(uidIn(path, 'x0020000d'));
      }
      expect(sink.text('metadata.csv')).toContain('receipts/2.dcm');
    }
  });
});
