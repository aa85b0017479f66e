/** ` ` kept, `-` removed, `+` added. */
type Line = { readonly sign: " " | "-" | "+"; readonly text: string };

const context = 3;
/** Above so many pairs of lines the middle counts as replaced whole: a patch is allowed to be longer than the shortest. */
const mostPairs = 4_000_000;

/** The unified difference of two texts, as GitHub shows it in `patch`: hunks without the file header. */
export function lineChanges(before: string, after: string): { additions: number; deletions: number; patch: string } {
  const lines = compare(split(before), split(after));
  const count = (sign: Line["sign"]) => lines.filter((line) => line.sign === sign).length;
  return { additions: count("+"), deletions: count("-"), patch: hunks(lines).join("\n") };
}

function split(text: string): string[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  else lines.push(`${lines.pop() ?? ""}\n\\ No newline at end of file`);
  return lines;
}

function compare(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const kept = (text: string): Line => ({ sign: " ", text });
  return [
    ...before.slice(0, start).map(kept),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(kept),
  ];
}

/** Longest common subsequence; `table` holds its length for every pair of rests. */
function middle(before: readonly string[], after: readonly string[]): Line[] {
  const removed = (text: string): Line => ({ sign: "-", text });
  const added = (text: string): Line => ({ sign: "+", text });
  if (before.length * after.length > mostPairs) return [...before.map(removed), ...after.map(added)];
  const width = after.length + 1;
  const table = new Uint32Array((before.length + 1) * width);
  const length = (i: number, j: number) => table[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      table[i * width + j] = before[i] === after[j] ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));

  const lines: Line[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const fresh = after[j];
    if (old !== undefined && old === fresh) {
      lines.push({ sign: " ", text: old });
      i += 1;
      j += 1;
    } else if (old !== undefined && (fresh === undefined || length(i + 1, j) >= length(i, j + 1))) {
      lines.push(removed(old));
      i += 1;
    } else {
      lines.push(added(fresh ?? ""));
      j += 1;
    }
  }
  return lines;
}

function hunks(lines: readonly Line[]): string[] {
  const texts: string[] = [];
  let at = 0;
  for (;;) {
    const first = lines.findIndex(({ sign }, index) => index >= at && sign !== " ");
    if (first < 0) return texts;
    let last = first;
    for (let index = first; index < lines.length && index - last <= 2 * context; index += 1) if (lines[index]?.sign !== " ") last = index;
    const from = Math.max(at, first - context);
    const to = Math.min(lines.length, last + 1 + context);
    texts.push(hunk(lines, from, to));
    at = to;
  }
}

function hunk(lines: readonly Line[], from: number, to: number): string {
  const side = (leftOut: Line["sign"]) => {
    const length = lines.slice(from, to).filter(({ sign }) => sign !== leftOut).length;
    const start = lines.slice(0, from).filter(({ sign }) => sign !== leftOut).length + (length === 0 ? 0 : 1);
    return length === 1 ? `${start}` : `${start},${length}`;
  };
  const body = lines.slice(from, to).map(({ sign, text }) => `${sign}${text}`);
  return [`@@ -${side("+")} +${side("-")} @@`, ...body].join("\n");
}
