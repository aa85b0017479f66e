/** Machines are shared and noisy: a figure is the median of its rounds, with the worst and the best beside it. */
export type Spread = { readonly median: number; readonly least: number; readonly most: number };

/** Of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const inOrder = values.toSorted((a, b) => a - b);
  const at = (index: number): number => inOrder[index] ?? Number.NaN;
  const middle = (inOrder.length - 1) / 2;
  return { median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2, least: at(0), most: at(inOrder.length - 1) };
}

/** The value below which this share of the values lies. */
export function quantile(values: readonly number[], share: number): number {
  const inOrder = values.toSorted((a, b) => a - b);
  return inOrder[Math.min(inOrder.length - 1, Math.floor(share * inOrder.length))] ?? Number.NaN;
}

/** `3 400 (2 900–3 600)`. */
export function written({ median, least, most }: Spread, digits = 0): string {
  return `${number(median, digits)} (${number(least, digits)}–${number(most, digits)})`;
}

export function number(value: number, digits = 0): string {
  return value.toLocaleString("en-GB", { minimumFractionDigits: digits, maximumFractionDigits: digits }).replaceAll(",", " ");
}
