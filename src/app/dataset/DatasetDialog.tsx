/** What the tables of a data set hold, what is wrong with them, and a plan that would rebalance it. */

import { Download, FolderDown, Play } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { countsOf, DEFAULT_POLICY, type Counts, type LabelPolicy, type UncertainPolicy } from '../../dataset/counts';
import { problemWords } from '../../dataset/problemWords';
import { capital } from '../../messages/numbers';
import { DEFAULT_RATIO } from '../../dataset/plan/makePlan';
import { planText } from '../../dataset/plan/schema';
import * as say from '../../messages/en/dataset';
import * as errors from '../../messages/en/errors';
import { grouped, listed } from '../../messages/numbers';
import { toProblem, type Problem } from '../../record/problem';
import { acceptedOf } from '../../run/review';
import { completed, planned, readSet, type ReadSet } from '../../state/commands/planSet';
import type { OpenedSet } from '../../state/slices/surface';
import { Sheet } from '../dialogs/Sheet';
import { useStudio, useStudioState } from '../StudioContext';
import { Button } from '../ui/Button';
import { ProblemText } from '../ui/Problem';
import { Rich } from '../ui/Rich';
import { ClassChart } from './ClassChart';
import styles from './DatasetDialog.module.css';
import { PlanTable } from './PlanTable';

const POLICIES: Readonly<Record<UncertainPolicy, () => string>> = {
  ignore: say.ignore,
  ones: say.ones,
  zeros: say.zeros,
};

export default function DatasetDialog() {
  const studio = useStudio();
  const opened = useStudioState((state) => state.openedSet);
  // What was read belongs to the set that it was read of: another may be dropped meanwhile.
  const [read, setRead] = useState<{ readonly of: OpenedSet; readonly set?: ReadSet; readonly problem?: Problem }>();
  const { set, problem } = read?.of === opened ? (read ?? {}) : {};
  const [policy, setPolicy] = useState<LabelPolicy>(DEFAULT_POLICY);
  const [percent, setPercent] = useState(100 * DEFAULT_RATIO);
  useEffect(() => {
    if (opened === undefined) return;
    readSet(opened).then(
      (found) => {
        setRead({ of: opened, set: found });
      },
      (error: unknown) => {
        setRead({ of: opened, problem: toProblem(error, errors.readingTables()) });
      },
    );
  }, [opened]);
  const counts = useMemo(() => (set === undefined ? undefined : countsOf(set.table, policy)), [set, policy]);
  const [swaps, setSwaps] = useState(0);
  const run = useStudioState((state) => state.run);
  const [again, setAgain] = useState(false);
  const accepted = useMemo(() => (run === undefined ? [] : acceptedOf(run)), [run]);
  const plan = useMemo(
    () => planOrProblem(set, policy, { ratio: percent / 100, swaps: swaps / 100, accepted: again ? accepted : [] }),
    [set, policy, percent, swaps, again, accepted],
  );
  const uncertain = counts?.classes.some(({ all }) => all.uncertain > 0) ?? false;
  const isPlanned = plan !== undefined && 'header' in plan;
  const { hasFolders } = studio.services.runs;
  const begin = (kind: 'folder' | 'browser') => () => {
    if (!isPlanned || set === undefined || opened === undefined) return;
    // A folder can be asked for only while the press is fresh: the plan is completed meanwhile.
    const whole = completed(plan, set);
    void import('../../state/commands/planRun').then(({ beginRun }) => beginRun(studio, whole, opened.films, kind));
  };
  const save = async () => {
    if (!isPlanned || set === undefined) return;
    const text = planText(await completed(plan, set));
    studio.services.save(new TextEncoder().encode(text), 'plan.jsonl', 'application/x-ndjson');
  };
  return (
    <Sheet
      name="dataset"
      title={say.title()}
      about={
        set === undefined || counts === undefined
          ? say.reading({ tables: opened?.tables.length ?? 0 })
          : aboutOf(set, counts)
      }
      foot={
        <>
          <Button icon={Download} disabled={!isPlanned} onClick={() => void save()}>
            {say.savePlan()}
          </Button>
          {hasFolders ? (
            <Button icon={FolderDown} disabled={!isPlanned} onClick={begin('folder')}>
              {say.runInFolder()}
            </Button>
          ) : null}
          <Button icon={Play} tone="primary" disabled={!isPlanned} onClick={begin('browser')}>
            {say.runHere()}
          </Button>
        </>
      }
    >
      {problem === undefined ? null : <ProblemText problem={problem} />}
      {set === undefined || counts === undefined ? null : (
        <div className={styles.parts}>
          <section className={styles.part} aria-labelledby="set-counts">
            <h3 id="set-counts" className={styles.heading}>
              {say.counts()}
            </h3>
            {uncertain ? (
              <label className={styles.choice}>
                {say.uncertain()}
                <select
                  value={policy.uncertain}
                  onChange={(event) => {
                    setPolicy({ ...policy, uncertain: event.target.value as UncertainPolicy });
                  }}
                >
                  {Object.entries(POLICIES).map(([name, words]) => (
                    <option key={name} value={name}>
                      {words()}
                    </option>
                  ))}
                </select>
              </label>
            ) : null}
            <ClassChart counts={counts} />
          </section>
          <section className={styles.part} aria-labelledby="set-plan">
            <h3 id="set-plan" className={styles.heading}>
              {say.plan()}
            </h3>
            {plan === undefined ? (
              <p className={styles.quiet}>{say.needsFilms()}</p>
            ) : (
              <>
                <label className={styles.choice}>
                  {say.planAbout()}
                  <input
                    type="number"
                    aria-label={say.share()}
                    min={1}
                    max={100}
                    value={percent}
                    onChange={(event) => {
                      setPercent(Math.min(100, Math.max(1, Math.round(event.target.valueAsNumber) || 1)));
                    }}
                  />
                </label>
                <label className={styles.choice}>
                  {say.swapsAbout()}
                  <input
                    type="number"
                    aria-label={say.swaps()}
                    min={0}
                    max={100}
                    value={swaps}
                    onChange={(event) => {
                      setSwaps(Math.min(100, Math.max(0, Math.round(event.target.valueAsNumber) || 0)));
                    }}
                  />
                </label>
                {run === undefined || accepted.length === 0 ? null : (
                  <label className={styles.choice}>
                    {say.againAbout({ run: run.place.name, results: accepted.length })}
                    <input
                      type="checkbox"
                      checked={again}
                      onChange={(event) => {
                        setAgain(event.target.checked);
                      }}
                    />
                  </label>
                )}
                {'header' in plan ? <PlanTable plan={plan} /> : <ProblemText problem={plan} />}
              </>
            )}
            {set.problems.length === 0 ? null : (
              <>
                <h3 className={styles.heading}>{say.wrong()}</h3>
                <ul className={styles.problems}>
                  {set.problems.map(({ kind, count, examples }) => (
                    <li key={kind}>
                      <Rich
                        message={say.problem}
                        values={{
                          count: grouped(count),
                          what: capital(problemWords(kind)),
                          names: listed(count > examples.length ? [...examples, '…'] : examples),
                        }}
                        tags={{ b: (words) => <b>{words}</b> }}
                      />
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
        </div>
      )}
    </Sheet>
  );
}

function aboutOf({ table }: ReadSet, { splits, filmsBySplit, films, learnt }: Counts): string {
  const dialect = table.title;
  if (splits.length === 1 && splits[0] === '') return say.aboutWhole({ dialect, films });
  const parts = [...splits]
    .sort((split) => (split === learnt ? -1 : 0))
    .map((split) =>
      say.splitFilms({ split: split === '' ? say.nowhere() : split, films: grouped(filmsBySplit[split] ?? 0) }),
    );
  return say.about({ dialect, films, splits: listed(parts) });
}

/** Undefined: the films are not at hand. */
function planOrProblem(set: ReadSet | undefined, policy: LabelPolicy, wanted: Parameters<typeof planned>[2]) {
  if (set === undefined || set.matched.pathOf.size === 0) return undefined;
  try {
    return planned(set, policy, wanted);
  } catch (error) {
    return toProblem(error, errors.readingTables());
  }
}
