/** Whether a cell says "nothing here": empty, a dash, `none`, `n/a`, `tbd`. */
export function isNone(written: string): boolean {
  const text = written.trim();
  // Of long cells only a row of dashes says so; there are many of them, and this is asked of each.
  if (text.length > 5 && !"-–—?".includes(text.charAt(0))) return false;
  return /^(?:[-–—?]*|none|nil|n\/?a|tbd)\.?$/i.test(text);
}
