import { afterEach, describe, expect, it } from 'vitest';
import * as say from '../messages/en/actions';
import { ENGLISH, speak } from '../messages/language';
import { chooseLanguage, folderOf } from './language';

const FOLDERS = ['de', 'pt-br', 'pseudo'];
const folder = (search: string, preferred: readonly string[] = [], pretending = false) =>
  folderOf({ search, preferred, pretending }, FOLDERS);

afterEach(() => {
  speak(ENGLISH);
});

describe('the language of the screen', () => {
  it('is what the address asks for, else what the browser prefers, as far as there is a catalogue', () => {
    expect(folder('?locale=de', ['en-GB'])).toBe('de');
    expect(folder('', ['de-AT', 'en'])).toBe('de');
    expect(folder('', ['pt-BR'])).toBe('pt-br');
    expect(folder('?locale=fr', ['nl', 'de'])).toBe('de');
  });

  it('is English where that is preferred or nothing else is there', () => {
    expect(folder('?locale=en', ['de'])).toBeUndefined();
    expect(folder('', ['en-US', 'de'])).toBeUndefined();
    expect(folder('', ['ja'])).toBeUndefined();
  });

  it('is made up for tests only', () => {
    expect(folder('?locale=pseudo', ['de'], true)).toBe('pseudo');
    expect(folder('?locale=pseudo', ['de'])).toBeUndefined();
    expect(folder('', ['pseudo'], true)).toBeUndefined();
  });

  it('is told to the page', async () => {
    await chooseLanguage({ search: '', preferred: [], pretending: true });
    expect([document.documentElement.lang, document.documentElement.dir, say.undo()]).toEqual(['en-GB', 'ltr', 'Undo']);
    await chooseLanguage({ search: '?locale=pseudo', preferred: [], pretending: true });
    expect([document.documentElement.lang, say.undo()]).toEqual(['en-XA', '[Ûñđö ··]']);
  });
});
