import { act, fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { generate, whyNotGenerate } from '../../state/commands/generate';
import { paint, undo } from '../../state/commands/mask';
import { openFiles } from '../../state/commands/openFiles';
import { startEngine } from '../../state/commands/startEngine';
import { currentDocument } from '../../state/slices/documents';
import { FAKE_RELEASE, fakeAnalysis, fakeFile, fakeReading, fakeStudio } from '../../state/testing/fakes';
import { actionFocusText } from '../actions/request';
import { renderStudio } from '../testing/renderStudio';
import { RequestPanel } from './RequestPanel';

async function openPanel() {
  const analysis = fakeAnalysis({ reading: fakeReading(0.2, [0, 0.4, 2.7, 0, 0, 0]) });
  const studio = fakeStudio({ worker: { analyse: () => Promise.resolve(analysis) } });
  await startEngine(studio);
  await openFiles(studio, [fakeFile('chest.png')]);
  const { user } = renderStudio(<RequestPanel />, studio);
  const request = () => currentDocument(studio.store.getState())?.request;
  const words = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: /say it in words/i });
  return { studio, user, request, words };
}

const zone = (name: RegExp) => screen.getByRole('button', { name });

describe('the panel "What is different?"', () => {
  it('cannot be used while nothing is open', () => {
    renderStudio(<RequestPanel />);
    expect(screen.getByRole<HTMLInputElement>('textbox').matches(':disabled')).toBe(true);
  });

  it('sets chips, diagram and slider from words', async () => {
    const { words } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe left upper zone pneumonia' } });
    expect(zone(/^Left upper/).getAttribute('aria-pressed')).toBe('true');
    expect(screen.getByRole('radio', { name: /^Pneumonia/ }).getAttribute('aria-checked')).toBe('true');
    expect(screen.getByRole('slider', { name: 'Severity' }).getAttribute('aria-valuenow')).toBe('3');
  });

  it('writes the words from diagram, chips, slider and erase', async () => {
    const { user, words } = await openPanel();
    await user.click(zone(/^Right lower/));
    expect(words().value).toBe('moderate right lower zone opacity');
    await user.click(screen.getByRole('radio', { name: /^Effusion/ }));
    expect(words().value).toBe('moderate right lower zone effusion');
    screen.getByRole('slider', { name: 'Severity' }).focus();
    await user.keyboard('{End}');
    expect(words().value).toBe('severe right lower zone effusion');
    await user.click(screen.getByRole('button', { name: 'Erase' }));
    expect(words().value).toBe('remove right lower zone effusion');
  });

  it('tells how far a lobe has collapsed, not how thick it is, and how many nodules there are', async () => {
    const { words } = await openPanel();
    fireEvent.change(words(), { target: { value: 'collapsed left lower lobe' } });
    expect(within(screen.getByTestId('sketch-controls')).getByText('Collapse')).toBeTruthy();
    expect(screen.getByTestId('sketch-controls').textContent).not.toMatch(/mm/);
    fireEvent.change(words(), { target: { value: 'linear atelectasis in the left lower zone' } });
    expect(screen.getByTestId('sketch-controls').textContent).toMatch(/Thickness.*mm/);
    fireEvent.change(words(), { target: { value: 'three nodules in the left lung' } });
    expect(screen.getByRole('radio', { name: 'Three' }).getAttribute('aria-checked')).toBe('true');
  });

  it('says which words it does not understand', async () => {
    const { words } = await openPanel();
    fireEvent.change(words(), { target: { value: 'fluffy right lower zone opacity' } });
    expect(screen.getByText(/Not understood, and left out: “fluffy”/)).toBeTruthy();
    expect(document.querySelector('mark')?.textContent).toBe('fluffy');
  });

  it('is led to by a key, with the words chosen to be written over', async () => {
    const { studio, words } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe left upper zone pneumonia' } });
    void actionFocusText.perform(studio);
    expect(document.activeElement).toBe(words());
    expect([words().selectionStart, words().selectionEnd]).toEqual([0, words().value.length]);
  });

  it('generates with Enter in the words; Shift makes another line, and a word being composed keeps its Enter', async () => {
    const { studio, words } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe left upper zone pneumonia' } });
    // True: the line does with the key what it does by itself.
    expect(fireEvent.keyDown(words(), { key: 'Enter', shiftKey: true })).toBe(true);
    expect(fireEvent.keyDown(words(), { key: 'Enter', isComposing: true })).toBe(true);
    expect(studio.store.getState().jobs).toEqual([]);
    expect(fireEvent.keyDown(words(), { key: 'Enter' })).toBe(false);
    expect(studio.store.getState().jobs).toHaveLength(1);
  });

  it("says how each zone was read, the patient's right first", async () => {
    await openPanel();
    const names = within(screen.getByRole('group', { name: /zones of the chest/ }))
      .getAllByRole('button')
      .map((each) => each.getAttribute('aria-label'));
    expect(names[2]).toBe('Right lower zone, read 2.7, severe');
    expect(names.at(-1)).toBe('Mediastinum');
  });

  it('lets arrows walk the diagram and Space choose', async () => {
    const { user, request } = await openPanel();
    zone(/^Right upper/).focus();
    await user.keyboard('{ArrowDown}{ArrowDown} ');
    expect(request()?.places).toEqual(['right_lower']);
    await user.keyboard('{ArrowRight}{Enter}');
    expect(request()?.places).toEqual(['right_lower', 'mediastinum']);
  });

  it('offers what a diagnosis looks like, which is a request that is understood', async () => {
    const { user, words, request } = await openPanel();
    fireEvent.change(words(), { target: { value: 'heart failure' } });
    await user.click(screen.getByRole('button', { name: /^Try “cardiomegaly; moderate pulmonary edema/ }));
    expect(request()?.understanding.problem).toBeUndefined();
    expect(request()?.further.map(({ finding }) => finding)).toEqual(['edema', 'effusion']);
  });

  it('warns of a place where the finding cannot be', async () => {
    const { user, words } = await openPanel();
    fireEvent.change(words(), { target: { value: 'cardiomegaly' } });
    await user.click(zone(/^Left upper/));
    expect(screen.getByText(/Cardiomegaly is not found in: left upper zone/)).toBeTruthy();
  });

  it('marks findings that were learnt from few radiographs, and folds the rarest away', async () => {
    const { user } = await openPanel();
    expect(screen.queryByRole('radio', { name: /^Hernia/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: /more…/ }));
    expect(screen.getByRole('radio', { name: /^Hernia.*very few examples/ })).toBeTruthy();
    expect(screen.getByRole('radio', { name: 'Opacity' })).toBeTruthy();
  });

  it('offers the findings without such marks where the release does not count them', async () => {
    const { studio, user } = await openPanel();
    act(() => {
      studio.store.getState().setRelease({ ...FAKE_RELEASE, support: undefined });
    });
    expect(
      screen.getAllByRole('radio').filter((each) => each.closest('[aria-labelledby="finding-label"]') !== null),
    ).toHaveLength(6);
    await user.click(screen.getByRole('button', { name: '9 more…' }));
    expect(screen.getByRole('radio', { name: 'Hernia' })).toBeTruthy();
    expect(screen.queryByText(/few examples/)).toBeNull();
  });

  it('keeps seed, steps and sampler behind "Advanced"', async () => {
    const { user, request } = await openPanel();
    await user.click(screen.getByRole('button', { name: /Advanced/ }));
    const seed = screen.getByRole('spinbutton', { name: 'Seed' });
    await user.clear(seed);
    await user.type(seed, '42');
    await user.click(screen.getByRole('button', { name: 'Keep the seed' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Sampler' }), 'Inpaint');
    expect(request()?.sampling).toMatchObject({ seed: 42, seedLocked: true, sampler: 'inpaint', steps: undefined });
  });
});

describe('several findings in one edit', () => {
  const rows = () =>
    within(screen.getByRole('list', { name: 'In one edit' }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);

  it('come from words, stand in rows, and are chosen one at a time', async () => {
    const { user, words, request } = await openPanel();
    fireEvent.change(words(), { target: { value: 'moderate left lower zone opacity and small right effusion' } });
    expect(rows()).toEqual(['Opacitymoderate, left lower', 'Effusionmild, right lower']);
    expect(zone(/^Left lower/).getAttribute('aria-pressed')).toBe('true');
    expect(zone(/^Right lower zone, read 2\.7, severe, effusion asked 1\.0$/).getAttribute('aria-pressed')).toBe(
      'false',
    );
    await user.click(screen.getByRole('button', { name: /^Effusion mild/ }));
    expect(screen.getByRole('radio', { name: /^Effusion/ }).getAttribute('aria-checked')).toBe('true');
    expect(words().value).toBe('moderate left lower zone opacity and small right effusion');
    screen.getByRole('slider', { name: 'Severity' }).focus();
    await user.keyboard('{End}');
    expect(words().value).toBe('moderate left lower zone opacity; severe right lower zone effusion');
    expect(request()).toMatchObject({ finding: 'effusion', severity: 3, position: 1 });
  });

  it('can be left out one by one, and taken back', async () => {
    const { user, words, studio } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe cardiomegaly, no edema' } });
    await user.click(screen.getByRole('button', { name: 'Leave out: Cardiomegaly' }));
    expect(words().value).toBe('remove bilateral lung edema');
    expect(screen.queryByRole('list', { name: 'In one edit' })).toBeNull();
    act(() => {
      undo(studio);
    });
    expect(words().value).toBe('severe cardiomegaly, no edema');
    expect(rows()).toHaveLength(2);
  });

  it('are added by a button, and changed by the chips', async () => {
    const { user, words, studio } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe left lower zone opacity' } });
    await user.click(screen.getByRole('button', { name: 'Add another' }));
    expect(whyNotGenerate(studio.store.getState())).toMatch(/Choose a zone/);
    await user.click(screen.getByRole('radio', { name: /^Effusion/ }));
    await user.click(zone(/^Right lower/));
    expect(words().value).toBe('severe left lower zone opacity; moderate right lower zone effusion');
    expect(whyNotGenerate(studio.store.getState())).toBeUndefined();
  });

  it('say why they cannot go together, and become by one press what can', async () => {
    const { user, words, studio } = await openPanel();
    fireEvent.change(words(), { target: { value: 'left mid zone mass, left mid zone nodule' } });
    expect(screen.getByText(/up to 3 cm/)).toBeTruthy();
    expect(whyNotGenerate(studio.store.getState())).toMatch(/up to 3 cm/);
    await user.click(screen.getByRole('button', { name: 'Ask for that' }));
    expect(words().value).toBe('moderate left mid zone mass');
    expect(whyNotGenerate(studio.store.getState())).toBeUndefined();
  });

  it('are put aside, all but one, by a painted mask', async () => {
    const { words, studio } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe left lower zone opacity and small right effusion' } });
    const id = currentDocument(studio.store.getState())?.id ?? '';
    act(() => {
      const { width, height } = currentDocument(studio.store.getState())?.radiograph ?? { width: 1, height: 1 };
      paint(studio, id, { width, height, data: new Uint8Array(width * height).fill(255) });
    });
    expect(screen.getByText(/painted mask is of one finding/)).toBeTruthy();
  });

  it('are made as one result, named by all the words', async () => {
    const { words, studio } = await openPanel();
    fireEvent.change(words(), { target: { value: 'severe left lower zone opacity and small right effusion' } });
    await act(() => generate(studio));
    const version = currentDocument(studio.store.getState())?.versions[0];
    expect(version?.label).toBe('severe left lower zone opacity and small right effusion');
    expect(version?.counterfactual.recipe.edit).toMatchObject({
      finding: 'lung_opacity',
      further: [{ finding: 'effusion', severities: { right_lower: 1 } }],
    });
  });
});
