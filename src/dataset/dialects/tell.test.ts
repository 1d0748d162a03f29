import { describe, expect, it } from 'vitest';
import type { Finding } from '../../findings/vocabulary';
import { csvOf } from '../csv';
import { LABEL, labelAt } from '../filmTable';
import { openTables } from '../openTable';
import { carriedRows } from '../table/carry';
import { sourceOfBytes } from '../table/text';
import { rowsOfResult, type Told } from './tell';

const source = (name: string, text: string) => sourceOfBytes(name, new TextEncoder().encode(text));
const told = (labels: Partial<Record<Finding, 0 | 1 | 'unknown'>>): Told => ({
  path: 'train/images/new.png',
  id: 'new',
  split: 'train',
  labels: (finding) => labels[finding],
  boxes: [{ x: 10, y: 20, width: 30, height: 40 }],
});

/** The tables that an export writes of one result of a film. */
async function toldOf(
  tables: readonly (readonly [name: string, text: string])[],
  film: string,
  labels: Parameters<typeof told>[0],
): Promise<readonly (readonly [name: string, text: string])[]> {
  const carried = await carriedRows(
    tables.map(([name, text]) => source(name, text)),
    new Set([film]),
  );
  return carried.tables.map((table, number) => {
    const rows = (carried.rowsOf.get(film) ?? []).flatMap(([of, cells]) => (of === number ? [cells] : []));
    return [table.name, csvOf([table.columns, ...rowsOfResult(table, rows, told(labels))])] as const;
  });
}

const CHEXPERT =
  'Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Edema,Pleural Effusion\n' +
  'CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg,Female,68,Frontal,AP,1.0,,,,\n' +
  'CheXpert-v1.0-small/train/patient00002/study1/view1_frontal.jpg,Male,7,Frontal,AP,,0.0,-1.0,1.0,\n';
const NIH =
  'Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age\n00000001_000.png,Cardiomegaly|Hernia,0,1,58\n00000002_000.png,No Finding,0,2,81\n';
const PADCHEST =
  "ImageID,PatientID,Projection,Labels\n1.png,9,PA,\"['normal']\"\n2.png,9,PA,\"['pleural effusion', 'scoliosis']\"\n";
const RSNA = 'patientId,x,y,width,height,Target\naa-1,,,,,0\nbb-2,264,152,213,379,1\n';
const VINDR =
  'image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max\nf1,No finding,14,R1,,,,\nf2,Pleural effusion,10,R1,1,2,3,4\nf2,Pleural effusion,10,R2,1,2,3,4\n';

describe('a result in the columns of its film’s table', () => {
  it.each<[string, readonly (readonly [string, string])[], string, Parameters<typeof told>[0], object]>([
    [
      'CheXpert',
      [['train.csv', CHEXPERT]],
      'CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg',
      { effusion: 1 },
      { 'Pleural Effusion': LABEL.positive, 'No Finding': LABEL.negative, Edema: LABEL.blank },
    ],
    [
      'CheXpert, one finding kept, one in doubt',
      [['train.csv', CHEXPERT]],
      'CheXpert-v1.0-small/train/patient00002/study1/view1_frontal.jpg',
      { edema: 'unknown' },
      { Cardiomegaly: LABEL.uncertain, Edema: LABEL.blank, 'No Finding': LABEL.blank },
    ],
    [
      'NIH',
      [['Data_Entry_2017.csv', NIH]],
      '00000001_000.png',
      { cardiomegaly: 0 },
      { Hernia: LABEL.positive, Cardiomegaly: LABEL.negative },
    ],
    [
      'NIH, out of a clear film',
      [['Data_Entry_2017.csv', NIH]],
      '00000002_000.png',
      { mass: 1 },
      { Mass: LABEL.positive, 'No Finding': LABEL.negative },
    ],
    [
      'PadChest',
      [['padchest.csv', PADCHEST]],
      '2.png',
      { effusion: 0, nodule: 1 },
      { nodule: LABEL.positive, 'pleural effusion': LABEL.negative, scoliosis: LABEL.positive },
    ],
    ['RSNA', [['labels.csv', RSNA]], 'aa-1', { lung_opacity: 1 }, { 'Lung Opacity': LABEL.positive }],
    ['RSNA, gone', [['labels.csv', RSNA]], 'bb-2', { lung_opacity: 0 }, { 'Lung Opacity': LABEL.negative }],
    [
      'VinDr',
      [['train.csv', VINDR]],
      'f1',
      { cardiomegaly: 1 },
      { Cardiomegaly: LABEL.positive, 'No finding': LABEL.negative },
    ],
    [
      'VinDr, two readers’ mark gone',
      [['train.csv', VINDR]],
      'f2',
      { effusion: 0, cardiomegaly: 1 },
      { 'Pleural effusion': LABEL.negative },
    ],
  ])('is read back as it is: %s', async (_, tables, film, labels, expected) => {
    const written = await toldOf(tables, film, labels);
    const table = await openTables(written.map(([name, text]) => source(name, text)));
    expect(table.films).toHaveLength(1);
    expect(table.films[0]?.file).toMatch(/^(?:train\/images\/)?new(?:\.png)?$/);
    for (const [name, label] of Object.entries(expected))
      expect([name, labelAt(table, name, 0)]).toEqual([name, label]);
  });

  it.each<[string, readonly [string, string], string, Parameters<typeof told>[0], string]>([
    [
      'a row of columns',
      ['train.csv', CHEXPERT],
      'CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg',
      { effusion: 'unknown' },
      ',AP,,,,,',
    ],
    ['a list', ['Data_Entry_2017.csv', NIH], '00000002_000.png', { mass: 'unknown' }, 'new.png,,0'],
    ['a list in brackets', ['padchest.csv', PADCHEST], '1.png', { nodule: 'unknown' }, 'new.png,9,PA,'],
  ])('says “no finding” no more where something may be there: %s', async (_, table, film, labels, expected) => {
    const [written] = await toldOf([table], film, labels);
    expect(written?.[1].split('\r\n')[1]).toContain(expected);
    expect(written?.[1]).not.toMatch(/\n[^\n]*(?:No Finding|normal)/);
  });

  it('has no mark that nothing is there where something may be, and keeps it where nothing came', async () => {
    const [doubted] = await toldOf([['train.csv', VINDR]], 'f1', { cardiomegaly: 'unknown' });
    expect(doubted?.[1].trim().split('\r\n')).toHaveLength(1);
    const [same] = await toldOf([['train.csv', VINDR]], 'f1', { cardiomegaly: 0 });
    expect(same?.[1]).toContain('No finding');
    const [clear] = await toldOf([['Data_Entry_2017.csv', NIH]], '00000002_000.png', { mass: 0 });
    expect(clear?.[1]).toContain('new.png,No Finding');
    const [gone] = await toldOf([['Data_Entry_2017.csv', NIH]], '00000001_000.png', { cardiomegaly: 0, hernia: 0 });
    expect(gone?.[1]).toContain('new.png,No Finding');
  });

  it('keeps what is not about labels, and how they are written', async () => {
    const [written] = await toldOf(
      [['train.csv', CHEXPERT]],
      'CheXpert-v1.0-small/train/patient00001/study1/view1_frontal.jpg',
      { effusion: 1 },
    );
    expect(written?.[1].split('\r\n')[1]).toBe('train/images/new.png,Female,68,Frontal,AP,0.0,,,,1.0');
  });

  it('has a box where the table has boxes', async () => {
    const [written] = await toldOf([['labels.csv', RSNA]], 'aa-1', { lung_opacity: 1 });
    expect(written?.[1]).toContain('new,10,20,30,40,1');
  });

  it('is a study of its own where labels are of studies', async () => {
    const tables = [
      ['metadata.csv', 'dicom_id,subject_id,study_id,ViewPosition\nd1,10,50,PA\nd2,10,50,LATERAL\nd3,11,51,AP\n'],
      ['chexpert.csv', 'subject_id,study_id,Enlarged Cardiomediastinum,Edema,No Finding\n10,50,,,1.0\n11,51,,1.0,\n'],
      ['split.csv', 'dicom_id,study_id,subject_id,split\nd1,50,10,train\nd2,50,10,train\nd3,51,11,test\n'],
    ] as const;
    const written = await toldOf(tables, 'd1', { edema: 1 });
    expect(written.map(([, text]) => text.split('\r\n')[1])).toEqual([
      'new,10,new,PA',
      '10,new,,1.0,0.0',
      'new,new,10,train',
    ]);
    const table = await openTables(written.map(([name, text]) => source(name, text)));
    expect([table.films, labelAt(table, 'Edema', 0)]).toMatchObject([
      [{ file: 'new', split: 'train' }],
      LABEL.positive,
    ]);
  });
});
