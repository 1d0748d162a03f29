import { describe, expect, it } from 'vitest';
import { ResultSeries } from './resultSeries';

describe('the series of results', () => {
  it('is one for a film and a session, with a number for each result', async () => {
    const session = new ResultSeries();
    const places = [];
    for (const [film, content] of [
      ['a', 'first'],
      ['a', 'second'],
      ['b', 'first'],
      ['a', 'first'],
    ] as const)
      places.push(await session.place(film, content));
    const [first, second, other, again] = places;
    expect(places.map(({ instanceNumber }) => instanceNumber)).toEqual([1, 2, 1, 1]);
    expect(again).toEqual(first);
    expect([second?.studyInstanceUid, second?.seriesInstanceUid]).toEqual([
      first?.studyInstanceUid,
      first?.seriesInstanceUid,
    ]);
    expect(new Set(places.flatMap((place) => [place.studyInstanceUid, place.seriesInstanceUid])).size).toBe(4);
    expect(new Set([first, second, other].map((place) => place?.sopInstanceUid)).size).toBe(3);
    for (const { sopInstanceUid } of places) expect(sopInstanceUid).toMatch(/^2\.25\.\d{1,39}$/);
  });

  it('is another in the study of the film itself: a series is of one study', async () => {
    const session = new ResultSeries();
    const [own, beside] = [await session.place('a', 'x'), await session.place('a', 'x', '1.2.3')];
    expect(beside.studyInstanceUid).toBe('1.2.3');
    expect(beside.seriesInstanceUid).not.toBe(own.seriesInstanceUid);
    expect(beside.sopInstanceUid).not.toBe(own.sopInstanceUid);
    expect((await session.place('a', 'y', '1.2.3')).seriesInstanceUid).toBe(beside.seriesInstanceUid);
  });

  it('is the same in the study of the film on another day, so that nothing sent twice stands there twice', async () => {
    const [one, other] = [
      await new ResultSeries().place('a', 'x', '1.2.3'),
      await new ResultSeries().place('a', 'x', '1.2.3'),
    ];
    expect(other).toEqual(one);
  });

  it('is another in another session, so that no two visits are tied to each other', async () => {
    const [one, other] = [await new ResultSeries().place('a', 'x'), await new ResultSeries().place('a', 'x')];
    expect(one.studyInstanceUid).not.toBe(other.studyInstanceUid);
    expect(one.sopInstanceUid).not.toBe(other.sopInstanceUid);
  });
});
