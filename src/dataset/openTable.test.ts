import { describe, expect, it } from 'vitest';
import { countsOf, truthOf } from './counts';
import { LABEL, labelAt, type FilmTable } from './filmTable';
import { openTables } from './openTable';
import { sourceOfBytes } from './table/text';

const source = (name: string, text: string, part?: number) => sourceOfBytes(name, new TextEncoder().encode(text), part);
const open = (text: string, name = 'table.csv'): Promise<FilmTable> => openTables([source(name, text)]);

/** What each film of a table carries, uncertain ones with a question mark, clear ones with a minus, in the table's words. */
function said(table: FilmTable): Readonly<Record<string, readonly string[]>> {
  const mark = { [LABEL.positive]: '', [LABEL.uncertain]: '?', [LABEL.negative]: '-' } as Readonly<
    Record<number, string>
  >;
  return Object.fromEntries(
    table.films.map(({ file }, at) => [
      file,
      table.classes.flatMap(({ name }) => {
        const sign = mark[labelAt(table, name, at)];
        return sign === undefined || sign === '-' ? [] : [`${name}${sign}`];
      }),
    ]),
  );
}

const problems = (table: FilmTable) => Object.fromEntries(table.problems.map(({ kind, count }) => [kind, count]));

describe('a table of films', () => {
  it('of CheXpert: uncertain is not there nor absent, lateral films stay out, patient and split come from the path', async () => {
    const table = await open(
      'Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Enlarged Cardiomediastinum,Cardiomegaly,Pleural Effusion\n' +
        'CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg,F,68,Frontal,AP,,0.0,-1.0,1.0\n' +
        'CheXpert-v1.0/train/patient00001/study1/view2_lateral.jpg,F,68,Lateral,,,0.0,-1.0,1.0\n' +
        'CheXpert-v1.0/valid/patient64541/study1/view1_frontal.jpg,F,68,Frontal,AP,1.0,,,\n',
    );
    expect(table.dialect).toBe('chexpert');
    expect(said(table)).toEqual({
      'CheXpert-v1.0/train/patient00001/study1/view1_frontal.jpg': ['Cardiomegaly?', 'Pleural Effusion'],
      'CheXpert-v1.0/valid/patient64541/study1/view1_frontal.jpg': ['No Finding'],
    });
    expect(table.films.map(({ patient, split }) => [patient, split])).toEqual([
      ['patient00001', 'train'],
      ['patient64541', 'valid'],
    ]);
    expect(problems(table)).toEqual({ 'view-left-out': 1 });
  });

  it('of MIMIC-CXR-JPG: labels of the study and the split come to the frontal films', async () => {
    const table = await openTables([
      source('split.csv', 'dicom_id,study_id,subject_id,split\nd1,s1,p1,train\nd3,s2,p2,test\n'),
      source('chexpert.csv', 'subject_id,study_id,Atelectasis,Enlarged Cardiomediastinum\np1,s1,1.0,\np9,s9,,1.0\n'),
      source(
        'metadata.csv',
        'dicom_id,subject_id,study_id,PerformedProcedureStepDescription,ViewPosition\nd1,p1,s1,x,PA\nd2,p1,s1,x,LATERAL\nd3,p2,s2,x,AP\n',
      ),
    ]);
    expect(said(table)).toEqual({ d1: ['Atelectasis'], d3: [] });
    expect(table.films.map(({ patient, split }) => [patient, split])).toEqual([
      ['p1', 'train'],
      ['p2', 'test'],
    ]);
    expect(problems(table)).toEqual({ 'view-left-out': 1, 'film-without-labels': 1, 'study-without-film': 1 });
  });

  it('of NIH: what is not listed is not there, and the lists beside it are the split', async () => {
    const table = await openTables([
      source(
        'Data_Entry_2017.csv',
        'Image Index,Finding Labels,Follow-up #,Patient ID\n1_0.png,Effusion|Hernia,0,1\n2_0.png,No Finding,0,2\n',
      ),
      source('train_val_list.txt', '1_0.png\n'),
      source('test_list.txt', '2_0.png\n'),
    ]);
    expect(said(table)).toEqual({ '1_0.png': ['Effusion', 'Hernia'], '2_0.png': ['No Finding'] });
    expect(labelAt(table, 'Mass', 0)).toBe(LABEL.negative);
    expect(table.films.map(({ split }) => split)).toEqual(['train', 'test']);
    expect(table.problems).toEqual([]);
  });

  it('of VinDr: what one of several radiologists marked is uncertain', async () => {
    const table = await open(
      'image_id,class_name,class_id,rad_id,x_min,y_min,x_max,y_max\n' +
        'a,Cardiomegaly,3,R1,1,1,2,2\na,Cardiomegaly,3,R2,1,1,2,2\na,Nodule/Mass,8,R1,1,1,2,2\na,No finding,14,R3,,,,\nb,No finding,14,R1,,,,\nb,No finding,14,R2,,,,\n',
    );
    expect(said(table)).toEqual({ a: ['No finding?', 'Cardiomegaly', 'Nodule/Mass?'], b: ['No finding'] });
    expect(table.classes.find(({ name }) => name === 'Nodule/Mass')?.finding).toBeUndefined();
  });

  it('of RSNA and SIIM-ACR: several rows are one film', async () => {
    const rsna = await open('patientId,x,y,width,height,Target\na,1,1,2,2,1\na,5,5,2,2,1\nb,,,,,0\n');
    expect([said(rsna), rsna.problems.map(({ kind }) => kind)]).toEqual([
      { a: ['Lung Opacity'], b: [] },
      ['split-missing'],
    ]);
    const siim = await open('ImageId, EncodedPixels\n1.2.3,1 2 3 4\n1.2.3,9 2\n1.2.4, -1\n');
    expect([said(siim), labelAt(siim, 'Pneumothorax', 1)]).toEqual([
      { '1.2.3': ['Pneumothorax'], '1.2.4': [] },
      LABEL.negative,
    ]);
  });

  it('of Open-i: problems of a report come to the frontal film of its study', async () => {
    const table = await openTables([
      source(
        'indiana_projections.csv',
        'uid,filename,projection\n1,1_a.dcm.png,Frontal\n1,1_b.dcm.png,Lateral\n2,2_a.dcm.png,Frontal\n',
      ),
      source(
        'indiana_reports.csv',
        'uid,MeSH,Problems,image,indication,comparison,findings,impression\n1,normal,normal,x,,,"clear, lungs",\n2,"Cardiomegaly/mild","Cardiomegaly;Aorta",x,,,,\n',
      ),
    ]);
    expect(said(table)).toEqual({ '1_a.dcm.png': ['normal'], '2_a.dcm.png': ['Cardiomegaly', 'Aorta'] });
  });

  it('of PadChest: terms in brackets, quotes and commas', async () => {
    const table = await open(
      "ImageID,StudyID,PatientID,Projection,Labels\na.png,1,p1,PA,\"['hiatal hernia', 'unchanged']\"\nb.png,2,p2,L,\"['normal']\"\n",
    );
    expect(said(table)).toEqual({ 'a.png': ['hiatal hernia', 'unchanged'] });
    expect(table.classes.find(({ name }) => name === 'hiatal hernia')?.finding).toBe('hernia');
  });

  it('of CXR-LT and of our own', async () => {
    const cxrlt = await open(
      'dicom_id,subject_id,study_id,Atelectasis,Calcification of the Aorta,Hernia,Tortuous Aorta\nd1,p1,s1,0,1,1,0\n',
    );
    expect([cxrlt.dialect, said(cxrlt)]).toEqual(['cxr-lt', { d1: ['Calcification of the Aorta', 'Hernia'] }]);
    const own = await open(
      'path,source,split,patient,native_w,no_finding,hernia,covid19\nimages/a.png,nih,train,p1,1024,0,1,\n',
    );
    expect([own.dialect, said(own), own.films[0]?.source]).toEqual([
      'counterpart',
      { 'images/a.png': ['hernia'] },
      'nih',
    ]);
  });

  it('of Hugging Face: columns, a list, and JSON lines', async () => {
    expect(said(await open('file_name,hernia,Pleural Effusion\na.png,1,0\n'))).toEqual({ 'a.png': ['hernia'] });
    expect(said(await open('file_name,labels\na.png,Hernia|Mass\n'))).toEqual({ 'a.png': ['Hernia', 'Mass'] });
    const lines = '{"file_name":"a.png","labels":["Hernia","Mass"]}\n{"file_name":"b.png","labels":[]}\n';
    expect(said(await open(lines, 'metadata.jsonl'))).toEqual({ 'a.png': ['Hernia', 'Mass'], 'b.png': [] });
    expect(said(await open('{"file_name":"a.png","hernia":true,"mass":null}', 'metadata.jsonl'))).toEqual({
      'a.png': ['hernia'],
    });
  });
});

describe('as it was saved', () => {
  const text = 'file_name;hernia;patient\r\n"a;b.png";1;Müller\r\n\r\nc.png;0;"x\r\ny"\r\n';
  const expected = { 'a;b.png': ['hernia'], 'c.png': [] };
  const utf16 = (little: boolean): Uint8Array => {
    const bytes = new Uint8Array(2 * text.length + 2);
    const view = new DataView(bytes.buffer);
    [0xfeff, ...Array.from(text, (letter) => letter.charCodeAt(0))].forEach((code, at) =>
      view.setUint16(2 * at, code, little),
    );
    return bytes;
  };
  it.each<[string, Uint8Array]>([
    ['UTF-8', new TextEncoder().encode(text)],
    ['UTF-8 with a mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['with sep=', new TextEncoder().encode(`sep=;\r\n${text}`)],
    ['UTF-16', utf16(true)],
    ['UTF-16, the other way', utf16(false)],
    ['Windows-1252', Uint8Array.from(text, (letter) => letter.charCodeAt(0))],
    ['with tabs', new TextEncoder().encode(text.replaceAll(/;(?!b)/g, '\t'))],
  ])('%s, in parts of any size', async (_, bytes) => {
    for (const part of [1, 7, 1000]) {
      const table = await openTables([sourceOfBytes('t.csv', bytes, part)]);
      expect(said(table)).toEqual(expected);
      expect(table.films[0]?.patient).toBe('Müller');
    }
  });

  it('names what cannot be read', async () => {
    await expect(open('a,b\n1,2\n')).rejects.toMatchObject({ code: 'table-unknown' });
    await expect(open('')).rejects.toMatchObject({ code: 'table-empty' });
    await expect(open('file_name,hernia\n')).rejects.toMatchObject({ code: 'table-empty' });
    await expect(open('file_name,hernia\na.png,1\n"b.png,0\nc.png,1\n')).rejects.toMatchObject({
      code: 'table-broken',
    });
    await expect(open('{"file_name":1}\nnot json\n', 'x.jsonl')).rejects.toMatchObject({ code: 'table-broken' });
    await expect(open('subject_id,study_id,Enlarged Cardiomediastinum\np,s,1\n')).rejects.toMatchObject({
      code: 'table-part-missing',
      advice: expect.stringContaining('metadata') as string,
    });
  });

  it('goes on past rows that are wrong, and counts them', async () => {
    const table = await open(
      'file_name,patient,split,hernia\n' +
        'a.png,p1,train,1\na.png,p1,train,1\na.png,p1,train,0\na.png,p9,train,1\n,p2,train,1\nb.png,p1,test,0\nc.png,p3,,0\nd.png,p4,train,maybe\ne.png,p5,train,1,1\n',
    );
    expect(table.films.map(({ file }) => file)).toEqual(['a.png', 'b.png', 'c.png', 'd.png']);
    expect(problems(table)).toEqual({
      'duplicate-row': 1,
      'contradicting-rows': 1,
      'two-patients': 1,
      'row-without-file': 1,
      'label-unreadable': 1,
      'row-ragged': 1,
      'patient-in-two-splits': 1,
      'split-missing': 1,
    });
  });

  it('takes the rows that are asked for', async () => {
    const text = 'path,source,split,patient,hernia\na,nih,train,1,1\nb,siim,train,2,1\n';
    const table = await openTables([source('m.csv', text)], [{ column: 'Source', is: 'NIH' }]);
    expect(table.films.map(({ file }) => file)).toEqual(['a']);
  });
});

describe('counts', () => {
  const rows = [
    ...Array.from({ length: 40 }, (_, at) => `i${String(at)}.png,p,train,1,0,0,`),
    ...Array.from({ length: 10 }, (_, at) => `e${String(at)}.png,p,train,1,1,0,`),
    ...Array.from({ length: 3 }, (_, at) => `h${String(at)}.png,p,train,0,1,1,`),
    ...Array.from({ length: 60 }, (_, at) => `n${String(at)}.png,p,train,0,0,0,1`),
    'u.png,p,train,,-1,,',
    't.png,q,test,1,0,1,',
  ];
  const table = open(`file_name,patient,split,infiltration,effusion,hernia,no_finding\n${rows.join('\n')}\n`);

  it('say which names of classes may be misspelt', async () => {
    const listed = await open(
      'Image Index,Finding Labels,Follow-up #,Patient ID\n1_0.png,Effusoin|Hernia,0,1\n2_0.png,Effusoin|Zebra,0,2\n',
    );
    expect(listed.problems).toContainEqual({
      kind: 'class-misspelt',
      count: 1,
      examples: ['“Effusoin”: did you mean “Effusion”?'],
    });
  });

  it('part head, middle and tail by the most frequent class of what is learnt from', async () => {
    const counts = countsOf(await table);
    expect(counts.learnt).toBe('train');
    expect(
      counts.classes.map(({ name, group, bySplit }) => [
        name,
        group,
        bySplit['train']?.positive,
        bySplit['test']?.positive,
      ]),
    ).toEqual([
      ['no_finding', 'normal', 60, 0],
      ['infiltration', 'head', 50, 1],
      ['effusion', 'mid', 13, 0],
      ['hernia', 'tail', 3, 1],
    ]);
    expect(counts.together[1]).toEqual([0, 51, 10, 1]);
  });

  it('take uncertain and blank as the policy says', async () => {
    const effusion = async (...policy: Parameters<typeof countsOf>[1][]) =>
      countsOf(await table, policy[0]).classes.find(({ name }) => name === 'effusion')?.all;
    expect(await effusion({ uncertain: 'ones', blank: 'ignore' })).toMatchObject({ positive: 14, uncertain: 1 });
    expect(await effusion({ uncertain: 'zeros', blank: 'ignore' })).toMatchObject({ positive: 13, negative: 102 });
    expect(truthOf(LABEL.blank, { uncertain: 'ignore', blank: 'zeros' })).toBe(0);
    expect(truthOf(LABEL.blank, { uncertain: 'ones', blank: 'ignore' })).toBeUndefined();
  });
});
