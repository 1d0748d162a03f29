import { act, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Archive } from '../../dicom/web/archive';
import { ArchiveDeniedError, ArchiveNotStoredError } from '../../dicom/web/errors';
import { sourceStudy } from '../../dicom/web/source-study';
import { openFiles } from '../../state/commands/openFiles';
import { generate } from '../../state/commands/generate';
import { typeText } from '../../state/commands/request';
import { startEngine } from '../../state/commands/startEngine';
import { ACTIONS } from '../actions';
import { isEnabled } from '../actions/action';
import { fakeFile, fakeRadiograph, fakeStudio } from '../../state/testing/fakes';
import { renderStudio } from '../testing/renderStudio';
import ArchiveDialog from './ArchiveDialog';
import SendDialog from './SendDialog';

const REFERENCE = {
  studyInstanceUid: '1.2',
  seriesInstanceUid: '1.2.3',
  sopClassUid: '1.9',
  sopInstanceUid: '1.2.3.4',
};
const STUDY = {
  studyInstanceUid: '1.2',
  patientName: 'Doe^Jane',
  patientId: 'P-17',
  accession: 'A-4711',
  date: '2024-02-29',
  time: '10:15',
  description: 'Chest',
  modalities: ['DX'],
  instances: 1,
};

/** What the dialogs ask an archive, answered as told. */
function archive(answers: Partial<Record<keyof Archive, unknown>>): Archive {
  const known = {
    name: 'pacs.example',
    studies: () => Promise.resolve({ studies: [STUDY], given: 1, full: false }),
    series: () => Promise.resolve([{ ...REFERENCE, modality: 'DX', description: 'PA', number: 2, instances: 1 }]),
    instances: () => Promise.resolve([{ ...REFERENCE, number: 1, rows: 80, columns: 64 }]),
    thumbnail: () => '/pacs/rendered',
    retrieve: () => Promise.resolve(new Uint8Array(8)),
    sourceStudy: () =>
      Promise.resolve(
        sourceStudy(
          { '00100010': { Value: [{ Alphabetic: 'Doe^Jane' }] }, '00080020': { Value: ['20240229'] } },
          STUDY.studyInstanceUid,
        ),
      ),
    ...answers,
  };
  return known as unknown as Archive;
}

function studioWith(answers: Partial<Record<keyof Archive, unknown>> = {}) {
  const studio = fakeStudio({
    openArchive: () => Promise.resolve(archive(answers)),
    open: (_, name) => Promise.resolve(fakeRadiograph(name, { dicomReference: REFERENCE })),
  });
  studio.store.getState().setArchive('pacs.example');
  return studio;
}

describe('the archive', () => {
  it('is offered where the server says that there is one, and nowhere else', () => {
    const studio = fakeStudio();
    const offered = () =>
      ACTIONS.filter((action) => /rchive$/.test(action.name) && isEnabled(action, studio.store.getState())).map(
        ({ name }) => name,
      );
    expect(offered()).toEqual([]);
    studio.store.getState().setArchive('pacs.example');
    expect(offered()).toEqual(['file.openArchive']);
  });

  it('lists studies with patients hidden, shows them when told to, and opens the chosen film like a dropped file', async () => {
    const studio = studioWith();
    await startEngine(studio);
    act(() => {
      studio.store.getState().setDialog('archive');
    });
    const { user } = renderStudio(<ArchiveDialog />, studio);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    const row = await screen.findByRole('button', { name: /2024-02-29 10:15/ });
    expect(row.textContent).toContain('Patient hidden');
    expect(row.textContent).not.toContain('Doe');
    await user.click(screen.getByRole('switch', { name: 'Show patients' }));
    expect(row.textContent).toContain('Doe^Jane · P-17 · Accession A-4711');
    await user.click(row);
    const film = await screen.findByRole('button', { name: 'DX 2-1' });
    expect(film.querySelector('img')?.getAttribute('loading')).toBe('lazy');
    await user.click(film);
    await user.click(screen.getByRole('button', { name: 'Open 1 film' }));
    await expect
      .poll(() => studio.store.getState().documents.map(({ radiograph }) => radiograph.name))
      .toEqual(['DX 2024-02-29 2-1.dcm']);
    expect(studio.store.getState().dialog).toBeUndefined();
  });

  it('says what to do when it does not answer as it should, and when nothing is found', async () => {
    const replies = [
      () => Promise.reject(new ArchiveDeniedError('pacs.example', 401)),
      () => Promise.resolve({ studies: [], given: 0, full: false }),
      () => Promise.resolve({ studies: [], given: 0, full: false }),
    ];
    const studio = studioWith({ studies: () => replies.shift()?.() });
    studio.store.getState().setDialog('archive');
    const { user } = renderStudio(<ArchiveDialog />, studio);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByText(/COUNTERPART_PACS_USER/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Search' }));
    expect(await screen.findByText(/Nothing was found/)).toBeTruthy();
  });
});

describe('results for the archive', () => {
  async function withResults(answers: Partial<Record<keyof Archive, unknown>> = {}) {
    const stored: unknown[][] = [];
    const studio = studioWith({
      store: (...args: unknown[]) => {
        stored.push(args);
        return Promise.resolve(undefined);
      },
      ...answers,
    });
    await startEngine(studio);
    await openFiles(studio, [fakeFile('film.dcm')]);
    typeText(studio, 'severe right lower zone opacity');
    await generate(studio);
    await expect.poll(() => studio.store.getState().documents[0]?.versions.length).toBe(1);
    act(() => {
      studio.store.getState().setDialog('archiveSend');
    });
    return { stored, ...renderStudio(<SendDialog />, studio) };
  }

  it('are sent once the user has seen to which study they go, with the patient hidden', async () => {
    const { user, stored } = await withResults();
    expect(await screen.findByText('To pacs.example, study of 2024-02-29')).toBeTruthy();
    const sheet = within(screen.getByRole('dialog'));
    expect(sheet.queryByText(/Doe/)).toBeNull();
    expect(stored).toEqual([]);
    await user.click(sheet.getByRole('button', { name: 'Send 1 result to pacs.example' }));
    expect(await sheet.findByText('Kept there')).toBeTruthy();
    expect(stored.map(([study]) => study)).toEqual(['1.2']);
    expect(sheet.getByRole('button', { name: 'Send' }).hasAttribute('disabled')).toBe(true);
  });

  it('that were not kept say why beside themselves, and can be sent again', async () => {
    const { user } = await withResults({
      store: () => Promise.reject(new ArchiveNotStoredError('pacs.example', 0xa700)),
    });
    await user.click(await screen.findByRole('button', { name: 'Send 1 result to pacs.example' }));
    expect(await screen.findByText(/no room left/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send 1 result to pacs.example' })).toBeTruthy();
  });

  it('go nowhere where the archive does not have their film', async () => {
    const { stored } = await withResults({
      sourceStudy: () => Promise.reject(new ArchiveDeniedError('pacs.example', 403)),
    });
    expect(await screen.findByText(/does not allow this/)).toBeTruthy();
    expect(screen.getByRole('button', { name: /^Send/ }).hasAttribute('disabled')).toBe(true);
    expect(stored).toEqual([]);
  });
});
