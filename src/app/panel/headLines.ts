import type { ReceiptLine } from '../../counterfactual/receipt/line';
import type { Receipt } from '../../counterfactual/receipt/receipt';

/** How many checks wait to be made: a line that only warns is none of them. */
export function openChecks({ lines }: Pick<Receipt, 'lines'>): number {
  return lines.filter(({ verdict, onlyWarns }) => verdict === undefined && onlyWarns === undefined).length;
}

/** The first line of a receipt, and where it is not what decides, the one that does. */
export function headLines({ verdict, lines }: Receipt): readonly ReceiptLine[] {
  const [first] = lines;
  const deciding = lines.find((line) => line.verdict === verdict);
  if (first === undefined) return [];
  return deciding === undefined || first.verdict === verdict ? [first] : [first, deciding];
}
