import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Archive } from '../../dicom/web/archive';
import { ArchiveDeniedError, ArchiveNotStoredError } from '../../dicom/web/errors';
import { sourceStudy } from '../../dicom/web/source-study';
import { filmName } from '../../state/commands/archive';
import type { StudioServices } from '../../state/services';
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
          'pacs.example',
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
      .toEqual([expect.stringMatching(/^DX 2024-02-29 2-1 [0-9a-f]{4}\.dcm$/)]);
    expect(studio.store.getState().dialog).toBeUndefined();
  });

  it('opens nothing when fetching is called off, and keeps what was chosen', async () => {
    const called: boolean[] = [];
    const studio = studioWith({
      retrieve: (_: unknown, signal: AbortSignal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            called.push(true);
            reject(new DOMException('called off', 'AbortError'));
          });
        }),
    });
    studio.store.getState().setDialog('archive');
    const { user } = renderStudio(<ArchiveDialog />, studio);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    await user.click(await screen.findByRole('button', { name: /2024-02-29 10:15/ }));
    await user.click(await screen.findByRole('button', { name: 'DX 2-1' }));
    await user.click(screen.getByRole('button', { name: 'Open 1 film' }));
    await user.click(await screen.findByRole('button', { name: 'Stop fetching' }));
    expect(await screen.findByRole('button', { name: 'Open 1 film' })).toBeTruthy();
    expect(called).toEqual([true]);
    const { documents, notices, dialog } = studio.store.getState();
    expect([documents.length, notices.length, dialog]).toEqual([0, 0, 'archive']);
  });

  it('does not search anew when the search is stopped', async () => {
    let searches = 0;
    const studio = studioWith({
      studies: () => {
        searches += 1;
        return new Promise(() => undefined);
      },
    });
    studio.store.getState().setDialog('archive');
    const { user } = renderStudio(<ArchiveDialog />, studio);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    const stop = await screen.findByRole('button', { name: 'Stop' });
    await user.click(stop);
    // In a browser the click would submit the form if its button had become the one that searches; jsdom is too late for that.
    expect(screen.getByRole('button', { name: 'Search' })).not.toBe(stop);
    expect(searches).toBe(1);
  });

  it('lists what one modality gave when the next fails, and goes on from there', async () => {
    let failing = true;
    const studio = studioWith({
      studies: (_: unknown, modality: string) =>
        modality === 'DX' && failing
          ? Promise.reject(new ArchiveDeniedError('pacs.example', 401))
          : Promise.resolve({ studies: modality === 'CR' ? [STUDY] : [], given: 1, full: false }),
    });
    studio.store.getState().setDialog('archive');
    const { user } = renderStudio(<ArchiveDialog />, studio);
    await user.click(screen.getByRole('button', { name: 'Search' }));
    expect((await screen.findByRole('alert')).textContent).toContain('COUNTERPART_PACS_USER');
    expect(screen.getByRole('button', { name: /2024-02-29 10:15/ })).toBeTruthy();
    failing = false;
    await user.click(screen.getByRole('button', { name: 'More' }));
    expect(await screen.findByText('1 study')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
  });

  it('calls films of different patients differently, and says nothing of them', async () => {
    const [series] = [{ ...REFERENCE, modality: 'DX', description: 'PA', number: 2, instances: 1 }];
    const film = (sopInstanceUid: string) =>
      filmName({ study: STUDY, series, instance: { ...REFERENCE, sopInstanceUid, number: 1, rows: 1, columns: 1 } });
    const [one, other, again] = [await film('1.2.3.4'), await film('1.2.3.5'), await film('1.2.3.4')];
    expect(other).not.toBe(one);
    expect(again).toBe(one);
    expect(one).not.toContain('1.2.3.4');
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
  async function withResults(answers: Partial<Record<keyof Archive, unknown>> = {}, open?: StudioServices['open']) {
    const stored: unknown[][] = [];
    const studio = studioWith({
      store: (...args: unknown[]) => {
        stored.push(args);
        return Promise.resolve(undefined);
      },
      ...answers,
    });
    if (open !== undefined) Object.assign(studio.services, { open });
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

  /** Once it may be pressed: the archive is asked before. */
  const sendButton = (): Promise<HTMLElement> =>
    waitFor(() => {
      const button = screen.getByRole('button', { name: 'Send 1 result to pacs.example' });
      expect(button.hasAttribute('disabled')).toBe(false);
      return button;
    });

  it('are sent once the user has seen into whose study they go', async () => {
    const { user, stored } = await withResults();
    expect(await screen.findByText('To pacs.example, study of 2024-02-29')).toBeTruthy();
    const sheet = within(screen.getByRole('dialog'));
    expect(sheet.getByText('Doe^Jane · no patient ID')).toBeTruthy();
    expect(sheet.getByText('film.dcm')).toBeTruthy();
    await user.click(sheet.getByRole('switch', { name: 'Show patients' }));
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
    await user.click(await sendButton());
    expect(await screen.findByText(/no room left/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send 1 result to pacs.example' })).toBeTruthy();
  });

  it('go nowhere where the archive has another film under the number of this one', async () => {
    const opened = [fakeRadiograph('film.dcm', { dicomReference: REFERENCE })];
    const { pixels } = fakeRadiograph();
    const { user, stored } = await withResults({}, () => {
      const other = pixels.slice();
      other[17] = 5;
      return Promise.resolve(opened.pop() ?? fakeRadiograph('film.dcm', { dicomReference: REFERENCE, pixels: other }));
    });
    expect((await screen.findByRole('alert')).textContent).toMatch(/is not the one that is open here/);
    await user.click(screen.getByRole('button', { name: /^Send/ }));
    expect(stored).toEqual([]);
  });

  it('stay told after the dialog was closed, with what the archive warns of', async () => {
    const { user, studio } = await withResults({ store: () => Promise.resolve(0xb000) });
    await user.click(await sendButton());
    expect(await screen.findByText('Kept there, with a warning: values were changed')).toBeTruthy();
    expect(screen.getByText('1 of 1 result was kept there.').getAttribute('role')).toBe('status');
    cleanup();
    renderStudio(<SendDialog />, studio);
    expect(await screen.findByText('Kept there, with a warning: values were changed')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Send' }).hasAttribute('disabled')).toBe(true);
  });

  it('are waited for: nothing closes the dialog while they are sent', async () => {
    const { user, studio } = await withResults({ store: () => new Promise(() => undefined) });
    await user.click(await sendButton());
    await user.keyboard('{Escape}');
    for (const button of screen.getAllByRole('button', { name: 'Close' })) await user.click(button);
    expect(studio.store.getState().dialog).toBe('archiveSend');
  });

  it('name the film that was asked about as their source, whatever stands beside their pixels', async () => {
    const { user, stored, studio } = await withResults();
    const elsewhere = { ...REFERENCE, sopInstanceUid: '9.9.9' };
    act(() => {
      studio.store.getState().updateCurrent('transient', (document) => ({
        ...document,
        versions: document.versions.map((version) => ({
          ...version,
          counterfactual: {
            ...version.counterfactual,
            image: { ...version.counterfactual.image, dicomReference: elsewhere },
          },
        })),
      }));
    });
    await user.click(await sendButton());
    expect(await screen.findByText('Kept there')).toBeTruthy();
    const [[, file] = []] = stored as [unknown, { readonly bytes: Uint8Array }][];
    const written = new TextDecoder('latin1').decode(file?.bytes);
    expect(written).toContain('1.2.3.4');
    expect(written).not.toContain('9.9.9');
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
