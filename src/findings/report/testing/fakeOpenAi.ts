/** A small server that speaks the chat completions protocol, for tests: it answers as told and keeps what it was asked. */

import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';

export interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface FakeReply {
  readonly status?: number;
  /** The whole body; else a completion with this content. */
  readonly raw?: string;
  readonly content?: string;
  readonly finish?: string;
  /** Never answers; the connection stays until the other side ends it. */
  readonly silent?: true;
}

export interface FakeOpenAi {
  readonly base: string;
  readonly asked: readonly Asked[];
  /** Connections that the other side ended before an answer. */
  readonly calledOff: () => number;
  close(): Promise<void>;
}

export async function fakeOpenAi(reply: (asked: Asked, count: number) => FakeReply): Promise<FakeOpenAi> {
  const asked: Asked[] = [];
  let calledOff = 0;
  const server: Server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) calledOff += 1;
    });
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const one = { headers: request.headers, body: JSON.parse(text) as Asked['body'] };
      asked.push(one);
      const { status = 200, raw, content = '', finish = 'stop', silent } = reply(one, asked.length);
      if (silent === true) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        raw ??
          JSON.stringify({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: finish }] }),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    base: `http://127.0.0.1:${String(port)}/v1`,
    asked,
    calledOff: () => calledOff,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
