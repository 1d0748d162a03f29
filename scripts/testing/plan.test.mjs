import { expect, it } from 'vitest';
import { PARTS, chooseParts, testSteps } from './plan.mjs';

it('has steps for every part, and every report a file of its own', () => {
  const steps = testSteps('/repository', '/repository/build/test-reports');
  expect(new Set(steps.map(({ part }) => part))).toEqual(new Set(PARTS));
  const files = steps.flatMap(({ report }) => (report ? [report.file] : []));
  expect(new Set(files).size).toBe(files.length);
});

it('sets up only what a part needs', () => {
  const needs = testSteps('/repository', '/reports')
    .filter(({ part }) => part === 'engine')
    .flatMap((step) => step.needs);
  expect(needs).toEqual(['dependencies']);
});

it('runs the named parts in the order of a whole run, and all of them when none is named', () => {
  expect(chooseParts(['e2e', 'unit'])).toEqual(['unit', 'e2e']);
  expect(chooseParts([])).toEqual(PARTS);
});

it('refuses a part that does not exist, naming those that do', () => {
  expect(() => chooseParts(['unti'])).toThrow(
    expect.objectContaining({ code: 'bad-argument', advice: expect.stringContaining('engine') }),
  );
});
