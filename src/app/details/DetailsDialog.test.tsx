import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { openFiles } from '../../state/commands/openFiles';
import { fakeFile, fakeRadiograph, fakeStudio } from '../../state/testing/fakes';
import { StatusLine } from '../stage/StatusLine';
import { renderStudio } from '../testing/renderStudio';
import DetailsDialog from './DetailsDialog';

async function detailsOf(film: Parameters<typeof fakeRadiograph>[1], places = 0) {
  const box = { x: 1, y: 1, width: 9, height: 9 };
  const studio = fakeStudio({
    open: (_, name) => Promise.resolve(fakeRadiograph(name, film)),
    findText: () => Promise.resolve(new Array(places).fill(box)),
  });
  await openFiles(studio, [fakeFile('chest.dcm')]);
  studio.store.getState().setDialog('details');
  renderStudio(<DetailsDialog />, studio);
  return (term: string) => screen.getByText(term).nextElementSibling?.textContent;
}

describe('the details of a film', () => {
  it('list what was mended on opening, each once, and what the file says', async () => {
    const valueOf = await detailsOf(
      {
        notes: ['The file’s group lengths were wrong.', 'Overlays are left out.', 'Overlays are left out.'],
        burnedInAnnotation: 'NO',
        patientOrientation: ['L', 'F'],
        pixelSpacing: [0.143, 0.143],
        lossy: { methods: ['ISO_10918_1'], ratios: [12.5] },
      },
      2,
    );
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      'The file’s group lengths were wrong.',
      'Overlays are left out.',
    ]);
    expect(valueOf('Rows / columns lead to')).toBe('L / F');
    expect(valueOf('Pixel spacing')).toBe('0.143 × 0.143 mm');
    expect(valueOf('Compressed with loss')).toBe('Yes ISO_10918_1 12.5');
    expect(valueOf('Text burned in, by the file')).toBe('NO');
    expect(await screen.findByText('Seems to be at 2 places')).toBeDefined();
  });

  it('say where nothing was to be mended, and what the file does not say', async () => {
    const valueOf = await detailsOf({});
    expect(screen.getByText('Nothing had to be mended, left out or guessed.')).toBeDefined();
    expect(valueOf('Text burned in, by the file')).toBe('Not stated');
    expect(await screen.findByText('None found; some may be missed')).toBeDefined();
  });

  it('say that a search failed, and not that it found nothing', async () => {
    const studio = fakeStudio({ findText: () => Promise.reject(new Error('out of memory')) });
    await openFiles(studio, [fakeFile('chest.dcm')]);
    studio.store.getState().setDialog('details');
    renderStudio(<DetailsDialog />, studio);
    expect(await screen.findByText('Could not be searched')).toBeDefined();
    expect(screen.queryByText(/None found/)).toBeNull();
  });

  it('are opened from the line below the picture, which counts what was said on opening', async () => {
    const studio = fakeStudio({
      open: (_, name) => Promise.resolve(fakeRadiograph(name, { notes: ['Overlays are left out.'] })),
    });
    await openFiles(studio, [fakeFile('chest.dcm')]);
    studio.store.setState({
      view: { window: { windowCenter: 1, windowWidth: 1 }, scale: 1, inverted: false } as never,
    });
    const { user } = renderStudio(<StatusLine />, studio);
    await user.click(screen.getByRole('button', { name: /1 note.*Show details/ }));
    expect(studio.store.getState().dialog).toBe('details');
  });
});
