import { describe, expect, it } from 'vitest';
import { sourceStudy } from '../../dicom/web/source-study';
import { fakeResult } from '../testing/fakes';
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
