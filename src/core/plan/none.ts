/** Whether a cell says "nothing here": empty, a dash, `none`, `n/a`, `tbd`. */
export const isNone = (written: string): boolean => /^(?:[-–—?]*|none|nil|n\/?a|tbd)\.?$/i.test(written.trim());
