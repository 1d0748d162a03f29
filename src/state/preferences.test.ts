import { describe, expect, it } from 'vitest';
import { DEFAULT_PREFERENCES, loadPreferences, PREFERENCES_KEY, savePreferences } from './preferences';

function storage(initial?: string) {
  const kept = new Map(initial === undefined ? [] : [[PREFERENCES_KEY, initial]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      kept.set(key, value);
    },
  };
}

describe('preferences', () => {
  it('come back as they were saved', () => {
    const store = storage();
    const changed = { ...DEFAULT_PREFERENCES, tool: 'polygon', brushRadius: 30, singleKeys: false } as const;
    savePreferences(store, changed);
    expect(loadPreferences(store)).toEqual(changed);
  });

  it('lose only the field that is wrong', () => {
    const damaged = JSON.stringify({ version: 1, tool: 'chainsaw', brushRadius: 20 });
    expect(loadPreferences(storage(damaged))).toEqual({ ...DEFAULT_PREFERENCES, brushRadius: 20 });
  });

  it.each(['not json', '[]', 'null', '{"brushRadius": 1e9}'])('survive storage that holds %s', (text) => {
    expect(loadPreferences(storage(text))).toEqual(DEFAULT_PREFERENCES);
  });

  it('survive storage that is blocked or full', () => {
    const broken = {
      getItem: () => {
        throw new DOMException('blocked', 'SecurityError');
      },
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(loadPreferences(broken)).toEqual(DEFAULT_PREFERENCES);
    expect(() => {
      savePreferences(broken, DEFAULT_PREFERENCES);
    }).not.toThrow();
  });
});
