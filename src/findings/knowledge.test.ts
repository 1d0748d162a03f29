import { describe, expect, it } from 'vitest';
import { excludes, implausibility, knowledgeOf } from './knowledge';
import { matchSentences } from './match';
import { parseSentences } from './parse';
import { FINDINGS, ZONES } from './vocabulary';

describe('knowledge', () => {
  it('lists no name that the parser reads as another finding', () => {
    for (const finding of FINDINGS) {
      const { name, synonyms } = knowledgeOf(finding);
      for (const phrase of [name, ...synonyms]) {
        const { items } = parseSentences(matchSentences(phrase), phrase).statement;
        expect([phrase, items.map((item) => item.finding)]).toEqual([phrase, [finding]]);
      }
    }
  });

  it('refuses a heart in a lung zone and says where it belongs', () => {
    const refusal = implausibility('cardiomegaly', ['left_upper']);
    expect(refusal?.reason).toBe('Cardiomegaly is not found in: left upper zone.');
    expect(refusal?.advice).toContain('mediastinum');
    expect(implausibility('cardiomegaly', ['mediastinum'])).toBeUndefined();
  });

  it('lets fluid rise only from the base', () => {
    expect(implausibility('effusion', ['left_upper'])?.advice).toBe('Include the left lower zone as well.');
    expect(implausibility('effusion', ['left_upper', 'left_mid', 'left_lower'])).toBeUndefined();
  });

  it('accepts every opacity-like finding in every lung zone and none in the mediastinum', () => {
    for (const finding of FINDINGS.filter((each) => knowledgeOf(each).opacityLike)) {
      expect(implausibility(finding, ZONES)).toBeUndefined();
      expect(implausibility(finding, ['mediastinum'])).toBeDefined();
    }
  });

  it('lets a normal chest exclude every finding, either way round, and no finding another', () => {
    for (const finding of FINDINGS) {
      expect(excludes('no_finding', finding)).toBe(finding !== 'no_finding');
      expect(excludes(finding, 'no_finding')).toBe(finding !== 'no_finding');
    }
    // Fluid and air in one pleural space have a straight level; both are asked.
    expect(excludes('effusion', 'pneumothorax')).toBe(false);
  });

  it('does not let a normal chest be painted', () => {
    expect(implausibility('no_finding', [])).toBeDefined();
  });
});
