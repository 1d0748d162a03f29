import { describe, expect, it } from 'vitest';
import { DRAWN_FINDINGS, drawnKind } from '../../../findings/drawn';
import { choiceName, optionName } from './sketchWords';

describe('the words of drawn findings', () => {
  it.each(DRAWN_FINDINGS)('name every option and every choice of %s', (finding) => {
    for (const { name, choices } of drawnKind(finding)?.options ?? []) {
      expect(optionName(name), `option ${name}`).toBeDefined();
      for (const { choice } of choices) expect(choiceName(choice), `choice ${choice}`).toBeDefined();
    }
  });
});
