import { describe, expect, it } from 'vitest';
import { precacheOf } from './service-worker.ts';

const files = (page: string, script = 'run()'): Map<string, string> =>
  new Map([
    ['index.html', page],
    ['assets/main.js', script],
    ['assets/main.js.map', '{}'],
    ['service-worker.js', 'whatever'],
    ['models/manifest.json', '{}'],
    ['bench.html', '<html>'],
    ['assets/worker/languageModelWorker-Ab_1.js', 'run()'],
    ['assets/wllama-Ab_1.wasm', 'ten megabytes'],
    ['models/reader/weights.safetensors', 'heavy'],
    ['models/reader/goldens.safetensors', 'numbers'],
    ['models/samples/sample-01.png', 'picture'],
  ]);

describe('the list of files to keep', () => {
  it('has all of the app with its hashes, and nothing of the networks, the benchmark or the runtime of language models', () => {
    const { files: kept } = precacheOf(files('<html>'));
    expect(kept.map(({ path }) => path)).toEqual([
      'assets/main.js',
      'index.html',
      'models/manifest.json',
      'models/samples/sample-01.png',
    ]);
    // openssl dgst -sha256 -binary | base64, of "run()"
    expect(kept[0]?.integrity).toBe('sha256-AvyuiL0SD1mVY3NNxR+V2uo+lhk6RMFrytWmRt6CrJQ=');
    expect(kept[1]).toEqual({ path: 'index.html' });
  });

  it('asks no page for a hash: the server puts a nonce into each of them', () => {
    const { files: kept } = precacheOf(new Map([...files('<html>'), ['blind.html', '<html>']]));
    expect(kept.filter(({ path }) => path.endsWith('.html'))).toEqual([{ path: 'blind.html' }, { path: 'index.html' }]);
  });

  it('is of another version when any file is, the page included', () => {
    const { version } = precacheOf(files('<html>'));
    expect(precacheOf(files('<html>')).version).toBe(version);
    expect(precacheOf(files('<html lang="en">')).version).not.toBe(version);
    expect(precacheOf(files('<html>', 'run(1)')).version).not.toBe(version);
  });
});
