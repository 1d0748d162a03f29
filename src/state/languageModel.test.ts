import { describe, expect, it } from 'vitest';
import { offeredModel } from './languageModel';

const answering = (response: () => Response) => () => Promise.resolve(response());
const json = (body: unknown): Response => Response.json(body);

describe('the language model of this installation', () => {
  it('is what the studio’s own server tells of', async () => {
    const asked: string[] = [];
    const model = await offeredModel('/llm', (input) => {
      asked.push(input as string);
      return Promise.resolve(
        asked.length === 1
          ? json({ endpoint: { host: 'localhost:11434' } })
          : json({ choices: [{ message: { content: 'said' } }] }),
      );
    });
    expect(model?.endpoint.host).toBe('localhost:11434');
    const answer = model?.ask({ messages: [], schema: {} }, new AbortController().signal);
    expect([await answer, asked[1]]).toEqual(['said', '/llm/chat/completions']);
  });

  it.each<readonly [string, () => Response]>([
    ['started without one', () => json({ endpoint: null })],
    ['served by another server', () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } })],
    ['without such an address', () => new Response('Not found.', { status: 404 })],
    ['told something else', () => json({ endpoint: 'http://elsewhere' })],
  ])('is none where the studio was %s', async (_, response) => {
    expect(await offeredModel('/llm', answering(response))).toBeUndefined();
  });

  it('is none without a connection', async () => {
    expect(await offeredModel('/llm', () => Promise.reject(new TypeError('offline')))).toBeUndefined();
  });
});
