/** The element at an index that is known to be inside. @throws RangeError where it is not: a fault of the planner. */
export function at<Item>(list: readonly Item[], index: number): Item {
  const item = list.at(index);
  if (item === undefined) throw new RangeError(`index ${index} of ${list.length}`);
  return item;
}
