import { describe, expect, it, vi } from 'vitest';
import { fakeAnalysis, fakeReading, fakeStudio } from '../testing/fakes';
import type { Sample } from '../samples';
import { currentDocument } from '../slices/documents';
import { demonstrate } from './demonstrate';
import { typeText } from './request';
import { startEngine } from './startEngine';

const FILM: Sample = {
  kind: 'real',
  file: 'a.jpg',
  title: 'Opacities',
  description: '',
  findings: ['lung_opacity'],
  credit: 'A hospital',
  licence: 'CC BY 3.0',
  changes: 'None.',
};
const opaque = () => Promise.resolve(fakeAnalysis({ reading: fakeReading(0.9, [1, 2, 2, 0, 1, 1]) }));
const document = (studio: ReturnType<typeof fakeStudio>) => currentDocument(studio.store.getState());

describe('the demonstration', () => {
  it('opens a film, erases what is read on it and shows before beside after', async () => {
    const studio = fakeStudio({ worker: { analyse: opaque } });
    await startEngine(studio);
    await demonstrate(studio, FILM, 'sideBySide');
    expect(document(studio)).toMatchObject({
      radiograph: { name: 'Opacities', synthetic: false },
      request: { text: 'remove right lung opacity', kind: 'remove' },
    });
    expect(document(studio)?.versions).toHaveLength(1);
    expect(studio.store.getState().comparison).toBe('sideBySide');
  });

  it('waits for the networks, and says so meanwhile', async () => {
    const studio = fakeStudio({ worker: { analyse: opaque } });
    const done = demonstrate(studio, FILM, 'sideBySide');
    await vi.waitFor(() => {
      expect(studio.store.getState().demonstrated).toBeDefined();
    });
    expect(document(studio)?.id).toBe(studio.store.getState().demonstrated);
    expect(document(studio)?.versions).toHaveLength(0);
    await startEngine(studio);
    await done;
    expect(document(studio)?.versions).toHaveLength(1);
    expect(studio.store.getState().demonstrated).toBeUndefined();
  });

  it('gives way to whoever goes on alone', async () => {
    const studio = fakeStudio({ worker: { analyse: opaque } });
    const done = demonstrate(studio, FILM, 'sideBySide');
    await vi.waitFor(() => {
      expect(studio.store.getState().demonstrated).toBeDefined();
    });
    typeText(studio, 'mild left mid zone opacity');
    await startEngine(studio);
    await done;
    expect(document(studio)?.request.text).toBe('mild left mid zone opacity');
    expect(document(studio)?.versions).toHaveLength(0);
  });

  it('ends quietly where the networks cannot be had or the film does not open: both are told elsewhere', async () => {
    const failing = fakeStudio({ worker: { start: () => Promise.reject(new Error('no')) } });
    await startEngine(failing);
    await demonstrate(failing, FILM, 'sideBySide');
    expect(document(failing)?.versions).toEqual([]);
    expect(failing.store.getState().demonstrated).toBeUndefined();
    const missing = fakeStudio({ sampleBytes: () => Promise.reject(new Error('404')) });
    await demonstrate(missing, FILM, 'sideBySide');
    expect(document(missing)).toBeUndefined();
    expect(missing.store.getState().notices).toHaveLength(1);
  });
});
