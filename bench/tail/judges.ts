/** How well each judge of a drawn finding tells real films that show it from real clear ones. */

import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openNetworks } from '../../src/cli/node/networks';
import { chestOf, type Chest, type ChestSide } from '../../src/counterfactual/sketch/chest';
import { densityOf } from '../../src/counterfactual/sketch/density';
import { measureEffusion } from '../../src/counterfactual/sketch/measure/effusion';
import { measureFill } from '../../src/counterfactual/sketch/measure/fill';
import { findPleuralLine } from '../../src/counterfactual/sketch/measure/pleuralLine';
import { measurePneumothorax } from '../../src/counterfactual/sketch/measure/pneumothorax';
import { measureThickening } from '../../src/counterfactual/sketch/measure/thickening';
import { prepareSource } from '../../src/counterfactual/source';
import { openRadiograph } from '../../src/dicom/open';
import { DRAWN_FINDINGS } from '../../src/findings/drawn';
import { ZONES } from '../../src/findings/vocabulary';
import type { Radiograph } from '../../src/imaging/radiograph';
import { aurocOf, type Scored } from './auroc';

/** Everything that any judge says of one film, by the judge's name; a network's by the finding's name. */
interface Judged {
  readonly film: string;
  readonly values: Readonly<Record<string, number>>;
}

/** The measures that are tried for a finding, beside the second reader. */
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  cardiomegaly: ['cardiothoracic ratio'],
  effusion: ['level', 'angle filled', 'angle filled, one side over the other'],
  pneumothorax: ['depth without vessels', 'rim without vessels', 'pleural line', 'line followed', 'step over it'],
  pleural_thickening: ['width, widest', 'width, median', 'width at the apex'],
  lung_opacity: ['fill, fullest zone', 'fill, all zones'],
  consolidation: ['fill, fullest zone', 'fill, all zones'],
  infiltration: ['fill, fullest zone', 'fill, all zones'],
  pneumonia: ['fill, fullest zone', 'fill, all zones'],
  edema: ['fill, fullest zone', 'fill, all zones'],
  fibrosis: ['fill, fullest zone', 'fill, all zones'],
  atelectasis: ['fill, fullest zone'],
  emphysema: ['height of the lungs over their width', 'flat domes', 'cardiothoracic ratio, less'],
};

export const USAGE =
  'node bench/tail.mjs judges --films labelled.csv --out folder\n' +
  'labelled.csv: film,source,patient,split and a column a finding: 1, 0 or nothing; paths relative to the table.';

/** @returns the table, Markdown */
export async function judges(table: string, out: string, root: URL, tell: (line: string) => void): Promise<string> {
  await mkdir(out, { recursive: true });
  const [head = [], ...lines] = (await readFile(table, 'utf8'))
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','));
  const films = lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at] ?? ''])));
  const journal = join(out, 'judged.jsonl');
  const known = new Map(
    (await readFile(journal, 'utf8').catch(() => ''))
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Judged)
      .map((judged) => [judged.film, judged.values]),
  );
  const networks = await openNetworks(root);
  for (const [index, { film = '' }] of films.entries()) {
    if (known.has(film)) continue;
    const source = await prepareSource(
      await openRadiograph(new Uint8Array(await readFile(join(dirname(table), film))), film),
      networks.suite,
    );
    const chest = chestOf({ ...source.radiograph, probabilities: source.anatomy.probabilities });
    const read = await source.judged();
    const values = {
      ...(chest === undefined ? {} : measuresOf(source.radiograph, chest)),
      ...Object.fromEntries(Object.entries(read.findings).map(([finding, value]) => [`reader:${finding}`, value])),
    };
    await appendFile(journal, `${JSON.stringify({ film, values })}\n`);
    known.set(film, values);
    if (index % 50 === 0) tell(`${String(index)}/${String(films.length)}`);
  }
  await networks.dispose();
  const rows = DRAWN_FINDINGS.flatMap((finding) => {
    const of = (source: (film: Readonly<Record<string, string>>) => boolean, judge: string): readonly Scored[] =>
      films.flatMap((film) => {
        const [label, value] = [film[finding], known.get(film['film'] ?? '')?.[judge]];
        return source(film) && (label === '1' || label === '0') && value !== undefined
          ? [{ value, positive: label === '1', patient: film['patient'] ?? film['film'] ?? '' }]
          : [];
      });
    const sources = [...new Set(films.map(({ source = '' }) => source))];
    return sources
      .flatMap((source) => [
        line(
          finding,
          'second reader',
          source,
          of((film) => film['source'] === source && film['split'] === 'val', `reader:${finding}`),
        ),
        ...(MEASURES[finding] ?? []).map((measure) =>
          line(
            finding,
            measure,
            source,
            of((film) => film['source'] === source, measure),
          ),
        ),
      ])
      .flat();
  });
  const text = [
    '| finding | judge | source | with it | without it | AUROC |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  await writeFile(join(out, 'judges.md'), `${text}\n`);
  return text;
}

/** A network is judged on val alone; a measure, which learnt nothing, on all. */
function line(finding: string, judge: string, source: string, scored: readonly Scored[]): readonly string[] {
  const found = aurocOf(scored);
  if (found === undefined) return [];
  const [low, high] = found.interval;
  return [
    `| ${finding} | ${judge} | ${source} | ${String(found.positives)} | ${String(found.negatives)} | ${found.auroc.toFixed(2)} [${low.toFixed(2)}, ${high.toFixed(2)}] |`,
  ];
}

function measuresOf(radiograph: Radiograph, chest: Chest): Readonly<Record<string, number>> {
  const image = densityOf(radiograph);
  const [fluid, air, wall] = [
    measureEffusion(image, chest),
    measurePneumothorax(image, chest),
    measureThickening(image, chest),
  ];
  const followed = findPleuralLine(image, chest);
  const most = (value: (side: ChestSide) => number): number => Math.max(value('right'), value('left'));
  const zones = ZONES.map((zone) => measureFill(image, chest, [zone])).filter((value) => !Number.isNaN(value));
  const dome = (side: ChestSide): number => {
    const { floor, costophrenic, cardiophrenic } = chest[side];
    const top = floor[Math.round((costophrenic.x + cardiophrenic.x) / 2)] ?? NaN;
    return (costophrenic.y - top) * chest.millimetresPerRow;
  };
  const height = (side: ChestSide): number => chest[side].costophrenic.y - chest[side].apex.y;
  return {
    'cardiothoracic ratio': chest.cardiothoracicRatio,
    'cardiothoracic ratio, less': -chest.cardiothoracicRatio,
    level: most((side) => fluid[side].levelShare),
    'angle filled': most((side) => fluid[side].angleFill),
    'angle filled, one side over the other': Math.abs(fluid.right.angleFill - fluid.left.angleFill),
    'depth without vessels': most((side) => air[side].depthMm),
    'rim without vessels': most((side) => -air[side].rimEnergy),
    'pleural line': most((side) => air[side].lineContrast),
    'line followed': most((side) => followed[side].score),
    'step over it': most((side) => followed[side].step),
    'width, widest': most((side) => wall[side].widestMm || 0),
    'width, median': most((side) => wall[side].medianMm || 0),
    'width at the apex': most((side) => wall[side].apexMm || 0),
    'fill, fullest zone': Math.max(...zones),
    'fill, all zones': zones.reduce((sum, value) => sum + value, 0) / Math.max(1, zones.length),
    'height of the lungs over their width':
      (height('right') + height('left')) / (2 * chest.thoracicWidth * chest.aspect),
    'flat domes': -(dome('right') + dome('left')) / 2,
  };
}
