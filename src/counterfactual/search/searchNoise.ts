/**
 * Initial-noise optimisation: of the noises a sampler could start from, one whose outcome shows what was asked. Gradient-free:
 * each round tries some neighbours sqrt(1 - rho^2) n + rho xi of the best noise so far and keeps the best of them if it is
 * better. rho 1 is best-of-N over fresh noises. The same algorithm as training/counterpart_training/search.py, to whose
 * values a test holds it.
 */

export interface NoiseSearch<Noise, Outcome> {
  readonly start: Noise;
  readonly rounds: number;
  /** Neighbours a round. */
  readonly candidates: number;
  /** The neighbour of a trial, numbered from 1 over all rounds. */
  neighbour(best: Noise, trial: number): Noise;
  render(noise: Noise): Promise<Outcome>;
  /** Higher is better. */
  score(outcome: Outcome): number;
  /** Told after every trial; 0 is the start. */
  onTrial?(trial: Trial<Outcome>): void;
  /** Asked before every trial but the first: true ends the search with the best so far. */
  stopped?(): boolean;
}

export interface Trial<Outcome> {
  readonly trial: number;
  readonly outcome: Outcome;
  readonly score: number;
  /** Better than every trial before it. */
  readonly best: boolean;
}

export interface Found<Noise, Outcome> {
  readonly noise: Noise;
  readonly outcome: Outcome;
  readonly score: number;
  readonly startScore: number;
  /** Best score after each round. */
  readonly history: readonly number[];
  /** Trials that were rendered, the start among them. */
  readonly evaluations: number;
}

/** The best of all trials; never worse than the start. @throws what `render` throws */
export async function searchNoise<Noise, Outcome>(search: NoiseSearch<Noise, Outcome>): Promise<Found<Noise, Outcome>> {
  const first = await search.render(search.start);
  const startScore = search.score(first);
  search.onTrial?.({ trial: 0, outcome: first, score: startScore, best: true });
  let best = { noise: search.start, outcome: first, score: startScore };
  const history: number[] = [];
  let evaluations = 1;
  for (let round = 0; round < search.rounds; round++) {
    // Neighbours of one noise: the best changes between rounds only.
    const centre = best.noise;
    for (let candidate = 0; candidate < search.candidates; candidate++) {
      if (search.stopped?.() === true) return { ...best, startScore, history, evaluations };
      const trial = 1 + round * search.candidates + candidate;
      const noise = search.neighbour(centre, trial);
      const outcome = await search.render(noise);
      const score = search.score(outcome);
      evaluations++;
      const better = score > best.score;
      if (better) best = { noise, outcome, score };
      search.onTrial?.({ trial, outcome, score, best: better });
    }
    history.push(best.score);
  }
  return { ...best, startScore, history, evaluations };
}
