// @vitest-environment node
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rowsOf } from '../../dataset/csv';
import { main } from '../main';

let folder = '';
let said = { out: '', err: '' };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterpart-label-'));
  said = { out: '', err: '' };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const label = (...args: string[]): Promise<number> =>
  main(['label', ...args], {
    root: pathToFileURL(`${folder}/`),
    version: '0.0.0',
    out: (text) => {
      said.out += text;
    },
    err: (text) => {
      said.err += text;
    },
    signal: new AbortController().signal,
  });

function table(text: string): string {
  const file = join(folder, 'reports.csv');
  writeFileSync(file, text);
  return file;
}

describe('labels of a table of reports', () => {
  const REPORTS =
    'study,findings,impression\nA1,"Mild edema, no effusion.",Possible pneumonia.\nA2,"The lungs are clear,\nno effusion.",\n';

  it('are one row a report, with the words that each finding was read from', async () => {
    expect(await label(table(REPORTS))).toBe(0);
    const [first, second] = rowsOf(said.out);
    expect(first).toMatchObject({
      study: 'A1',
      Edema: '1',
      'Pleural Effusion': '0',
      Pneumonia: '-1',
      Atelectasis: '',
      'No Finding': '',
    });
    expect(JSON.parse(first?.['spans'] ?? '[]')).toContainEqual(
      expect.objectContaining({ finding: 'edema', severity: 1, severityStated: true, text: 'edema' }),
    );
    expect(JSON.parse(first?.['spans'] ?? '[]')).toContainEqual(
      expect.objectContaining({ finding: 'pneumonia', certainty: 'possible', doubt: 'open' }),
    );
    expect(second).toMatchObject({ study: 'A2', 'No Finding': '1', 'Pleural Effusion': '0' });
  });

  it('take the columns that are named, and go where they are asked to', async () => {
    const out = join(folder, 'labels.csv');
    const file = table('key;notes\n7;"Large right pneumothorax; heart not enlarged."\n');
    expect(await label(file, '--text', 'notes', '--id', 'key', '--out', out)).toBe(0);
    expect(rowsOf(readFileSync(out, 'utf8'))[0]).toMatchObject({ key: '7', Pneumothorax: '1', Cardiomegaly: '0' });
    expect(said.err).toContain('1 reports');
  });

  it('name the reports that are in another language', async () => {
    expect(
      await label(
        table(
          'id,report\nA,Kein Pneumothorax.\nB,No effusion.\nC,Sin derrame pleural derecho.\nD,Kein Erguss.\nE,Pas de pneumothorax.\n',
        ),
      ),
    ).toBe(0);
    expect(said.err).toBe(
      '2 reports look German, and only English is read: A, D\n1 report looks Spanish, and only English is read: C\n1 report looks French, and only English is read: E\n',
    );
    expect(rowsOf(said.out)[0]).toMatchObject({ Pneumothorax: '', 'No Finding': '' });
  });

  it('name the reports that are not English, whatever they are in', async () => {
    expect(
      await label(
        table(
          'id,report\nT,Akciğerler temiz. Plevral efüzyon yok. Kalp boyutu normal.\nE,Swan-Ganz catheter tip terminates appropriately.\nP,Odma opłucnowa po stronie prawej.\nX,XXXX XXXX XXXX XXXX.\n',
        ),
      ),
    ).toBe(0);
    expect(said.err).toBe('2 reports are not read as English: T, P\n');
  });

  it('are refused where the columns are not there', async () => {
    expect(await label(table('a,b\n1,2\n'))).toBe(2);
    expect(said.err).toContain('--text');
    expect(await label(table('a,report\n1,Edema.\n'), '--text', 'notes')).toBe(2);
    expect(said.err).toContain('no column “notes”');
    expect(await label(join(folder, 'none.csv'))).toBe(1);
  });
});
