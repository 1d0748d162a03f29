import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FindingRow } from './FindingRow';

describe('one finding of a reading', () => {
  const row = { finding: 'hernia', before: 0.7, after: undefined, threshold: 0.5, asked: false } as const;

  it('has its number where the reader can tell it', () => {
    render(<FindingRow {...row} />);
    expect(screen.getByRole('listitem', { name: 'Hernia: 70 percent, called' }).textContent).toContain('70');
  });

  it('has none where it cannot, however sure it sounds', () => {
    render(<FindingRow {...row} readable={false} />);
    expect(screen.getByRole('listitem', { name: 'Hernia: not readable here' }).textContent).toBe(
      'Hernianot readable here',
    );
  });
});
