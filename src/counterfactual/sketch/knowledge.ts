/**
 * What is known of a finding that is drawn: the numbers and signs that its sketch, the plausibility rules and the card in the
 * studio share. Each sketcher's file exports its own; every statement has its source.
 */

import type { Finding } from '../../findings/vocabulary';

export interface SketchKnowledge {
  readonly finding: Finding;
  /** How a radiologist knows it: short plain sentences. */
  readonly signs: readonly string[];
  /** Where it is found. */
  readonly sites: readonly string[];
  /** How large it is, with units. */
  readonly sizes: readonly string[];
  /** What it does to the beam: denser or clearer than what, and by how much. */
  readonly attenuation: readonly string[];
  /** Findings often seen with it. */
  readonly companions: readonly Finding[];
  /** Author, title or textbook, year, and page or section where it matters. */
  readonly sources: readonly string[];
}
