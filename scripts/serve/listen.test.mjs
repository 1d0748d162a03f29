import { createServer } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { listen } from './listen.mjs';
import { parseServeOptions } from './options.mjs';

/** @type {import('node:http').Server[]} */
const servers = [];
const open = () => {
  const server = createServer();
  servers.push(server);
  return server;
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

it('takes the next free port when the asked one is in use', async () => {
  const taken = await listen(open(), { port: 0, host: '127.0.0.1' });
  const next = await listen(open(), { port: taken, host: '127.0.0.1' });
  expect(next).toBeGreaterThan(taken);
});

it('stops instead when told to take that port or none', async () => {
  const taken = await listen(open(), { port: 0, host: '127.0.0.1' });
  await expect(listen(open(), { port: taken, host: '127.0.0.1', strict: true })).rejects.toMatchObject({
    code: 'no-free-port',
    message: `Port ${String(taken)} is in use.`,
  });
});

it('reads its options', () => {
  expect(parseServeOptions([])).toMatchObject({ open: true, host: '127.0.0.1', strictPort: false });
  expect(parseServeOptions(['--no-open', '--port', '8123'])).toMatchObject({ open: false, port: 8123 });
});

it.each([[['--port', 'abc']], [['--port', '70000']], [['--port', '1e3']], [['--prot', '80']], [['stray']]])(
  'refuses %j with advice',
  (args) => {
    expect(() => parseServeOptions(args)).toThrow(expect.objectContaining({ code: 'bad-argument' }));
  },
);
