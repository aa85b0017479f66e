/** Text whose UTF-8 bytes were once read as another encoding: which one, where it shows first, how often, and the reverse. */
export type Mojibake = { readonly encoding: string; readonly at: number; readonly count: number; readonly line: string };

/**
 * Finds UTF-8 that was read as Mac Roman, Windows-1252 or Latin-1 and saved again: runs of signs beyond ASCII that, put back into
 * that encoding's bytes, are valid UTF-8. `line` is the first such line as it would read. Null where there is none.
 */
export function findMojibake(text: string): Mojibake | null {
  const found = encodings
    .map((encoding) => ({ encoding, runs: runsOf(text, encoding) }))
    .filter(({ runs }) => runs.first !== null)
    .sort((a, b) => b.runs.count - a.runs.count)[0];
  const at = found?.runs.first ?? null;
  if (found === undefined || at === null) return null;
  const from = Math.max(text.lastIndexOf("\n", at) + 1, at - 200);
  const end = text.slice(at, at + 400).search(/[\r\n]/);
  const line = text.slice(from, end < 0 ? at + 400 : at + end);
  return {
    encoding: found.encoding.name,
    at,
    count: found.runs.count,
    line: line.replace(beyondAscii, (run) => reversed(run, found.encoding) ?? run),
  };
}

type Encoding = { readonly name: string; readonly bytes: ReadonlyMap<string, number> };

const beyondAscii = /[^\x00-\x7f]+/g;

function runsOf(text: string, encoding: Encoding): { readonly first: number | null; readonly count: number } {
  let first: number | null = null;
  let count = 0;
  for (const run of text.matchAll(beyondAscii)) {
    if (run[0].length < 2 || run[0].length > longestRun || reversed(run[0], encoding) === null) continue;
    first ??= run.index;
    count += 1;
  }
  return { first, count };
}

const longestRun = 200;

/** A run of signs put back into bytes and read as UTF-8; null where it has signs of no byte, or the bytes are not UTF-8. */
function reversed(run: string, { bytes }: Encoding): string | null {
  const back = new Uint8Array(run.length);
  for (let i = 0; i < run.length; i += 1) {
    const byte = bytes.get(run[i] ?? "");
    if (byte === undefined) return null;
    back[i] = byte;
  }
  const read = new TextDecoder("utf-8", { ignoreBOM: true }).decode(back);
  return read.includes("\uFFFD") ? null : read;
}

const encoding = (name: string, upperHalf: string): Encoding => ({
  name,
  bytes: new Map([...upperHalf].map((sign, index) => [sign, 0x80 + index])),
});

const controls = Array.from({ length: 32 }, (_, index) => String.fromCharCode(0x80 + index)).join("");
const latin = Array.from({ length: 96 }, (_, index) => String.fromCharCode(0xa0 + index)).join("");

// The upper halves of the three tables (unicode.org/Public/MAPPINGS). The five bytes that Windows-1252 leaves open are controls.
const encodings: readonly Encoding[] = [
  encoding("Windows-1252", `€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${latin}`),
  encoding(
    "Mac Roman",
    "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ",
  ),
  encoding("Latin-1", `${controls}${latin}`),
];
