import { describe, expect, it } from 'vitest';
import { patientAndStudyOf } from './patient-study';
import { chestAttributes, writeDicom, type Attributes } from './testing/write-dicom';

const of = (fields: Attributes) =>
  patientAndStudyOf(writeDicom({ attributes: { ...chestAttributes(64, 64), ...fields } }), 'chest.dcm');
const latin = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('whose film a file is', () => {
  it('is read with the study, empty where the file says nothing', () => {
    const read = of({
      '00100010': ['PN', 'DOE^JANE'],
      '00100020': ['LO', 'P1 '],
      '00080020': ['DA', '20240229'],
      '00081030': ['LO', 'Thorax'],
    });
    expect(read).toMatchObject({
      '00100010': ['PN', 'DOE^JANE'],
      '00100020': ['LO', 'P1'],
      '00080020': ['DA', '20240229'],
      '00081030': ['LO', 'Thorax'],
      '00080050': ['SH', ''],
    });
    expect(read).not.toHaveProperty('00100021');
  });

  it('is in the characters of the file, or empty where these are not known', () => {
    const name = (set: string | undefined, bytes: Uint8Array) =>
      of({
        ...(set !== undefined && { '00080005': ['CS', set] as const }),
        '00100010': ['OB', bytes],
        '00100020': ['LO', 'P1'],
      })?.['00100010']?.[1];
    expect(name('ISO_IR 100', latin('M\u00fcller^Eva'))).toBe('M\u00fcller^Eva');
    expect(name('ISO_IR 192', new TextEncoder().encode('\u5c71\u7530^\u592a\u90ce '))).toBe(
      '\u5c71\u7530^\u592a\u90ce',
    );
    expect(name('ISO_IR 144', Uint8Array.of(0xb8, 0xd2, 0xd0, 0xdd))).toBe('\u0418\u0432\u0430\u043d');
    expect(name(undefined, latin('M\u00fcller^Eva '))).toBe('');
    expect(name('ISO_IR 192', latin('M\u00fcller^Eva '))).toBe('');
  });

  it('is empty rather than wrong where a value may switch between sets', () => {
    const name = (set: string, bytes: Uint8Array) =>
      of({ '00080005': ['CS', set], '00100010': ['OB', bytes], '00100020': ['LO', 'P1'] })?.['00100010']?.[1];
    const both = 'ISO 2022 IR 100\\ISO 2022 IR 144';
    expect(name(both, latin('M\u00fcller^Eva '))).toBe('');
    expect(name(both, latin('DOE^JANE'))).toBe('DOE^JANE');
    // PS3.5 annex I: Hong^Gildong=\u6d2a^\u5409\u6d1e, switched to KS X 1001 by ESC $ ) C.
    const korean = latin('Hong^Gildong=\x1b$)C\xfb\xf3^\x1b$)C\xd1\xce\xd4\xd7 ');
    expect(name('\\ISO 2022 IR 149', korean)).toBe('');
    expect(name('\\ISO 2022 IR 149', latin('\xfb\xf3^\xd1\xce\xd4\xd7'))).toBe('\u6d2a^\u5409\u6d1e');
    expect(name('ISO_IR 100', latin('\x1b-LM\u00fcller '))).toBe('');
    // Annex H: Yamada^Tarou=\u5c71\u7530^\u592a\u90ce, by ESC $ B and back by ESC ( B or ( J.
    const japanese = latin('Yamada^Tarou=\x1b$B;3ED\x1b(B^\x1b$BB@O:\x1b(B ');
    for (const set of ['\\ISO 2022 IR 87', 'ISO 2022 IR 100\\ISO 2022 IR 87', 'ISO 2022 IR 87\\ISO 2022 IR 149'])
      expect(name(set, japanese), set).toBe('Yamada^Tarou=\u5c71\u7530^\u592a\u90ce');
    expect(name('ISO 2022 IR 100\\ISO 2022 IR 87', latin('M\u00fcller^Eva '))).toBe('');
    expect(name('ISO 2022 IR 6\\ISO 2022 IR 100', latin('M\u00fcller^Eva '))).toBe('M\u00fcller^Eva');
  });

  it('is unknown where a file says nothing of the patient, or is no DICOM', () => {
    expect(of({ '00100010': ['PN', ''], '00080020': ['DA', '20240229'] })).toBeUndefined();
    expect(patientAndStudyOf(new TextEncoder().encode('Jane Doe'), 'notes.txt')).toBeUndefined();
  });
});
