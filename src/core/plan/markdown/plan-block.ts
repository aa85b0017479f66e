/** What stands between a PLAN:BEGIN and its PLAN:END, as offsets of the text; `closed` = the end is there. */
export type PlanBlock = { readonly marker: number; readonly from: number; readonly to: number; readonly closed: boolean };

/**
 * The plan blocks of a text. They are looked for line by line and not in the parsed document, since real files hold them behind a
 * code fence that was never closed. `inCode` tells lines that really are code, such as an example in a manual.
 */
export function planBlocks(text: string, inCode: (offset: number) => boolean): readonly PlanBlock[] {
  const blocks: PlanBlock[] = [];
  let open: { readonly marker: number; readonly from: number } | null = null;
  for (const found of text.matchAll(marker)) {
    const at = found.index;
    if (inCode(at)) continue;
    const begins = found[1]?.toUpperCase() === "BEGIN";
    if (begins) open ??= { marker: at, from: at + found[0].length };
    else if (open !== null) {
      blocks.push({ ...open, to: at, closed: true });
      open = null;
    }
  }
  return open === null ? blocks : [...blocks, { ...open, to: text.length, closed: false }];
}

const marker = /^ {0,3}<!-- {0,5}PLAN:(BEGIN|END)\b[^>\r\n]{0,200}-->[ \t]{0,20}$/gim;
