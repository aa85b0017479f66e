export type Delimiter = "," | ";" | "\t";

/** One record of a CSV text: its fields, and where it stands in the text, its line end included. */
export type CsvRecord = { readonly fields: readonly string[]; readonly from: number; readonly to: number };

/** Where one field stands, its quotes included. */
export type Span = { readonly from: number; readonly to: number };

export type CsvRecords =
  | { readonly kind: "records"; readonly records: readonly CsvRecord[] }
  /** A quoted field runs to the end of the text. `at` = where its quote opens. */
  | { readonly kind: "unclosed-quote"; readonly at: number };

const [quote, hash, lineFeed, carriageReturn] = [34, 35, 10, 13];

/**
 * Reads at most `most` records, and says where each stands. Never throws, whatever the text, and costs one pass over it.
 *
 * Real plan files hold `#` comment lines and blank lines between the rows, any kind of line end, quotes inside unquoted fields, and rows of
 * any length. This reads exactly what csv-parse does with `comment: "#"`, `comment_no_infix`, `relax_quotes`, `relax_column_count` and
 * `skip_empty_lines` (the tests hold the two against each other), and can say besides where a field stands, which writing needs:
 * csv-parse tells of a record only how many bytes lie before its end, and asking for that doubles its time.
 */
export function readRecords(text: string, delimiter: Delimiter, most: number): CsvRecords {
  const sign = delimiter.charCodeAt(0);
  const records: CsvRecord[] = [];
  for (let at = nextRow(text, 0); at < text.length && records.length < most; ) {
    const record = recordAt(text, at, sign);
    if (typeof record === "number") return { kind: "unclosed-quote", at: record };
    records.push(record);
    at = nextRow(text, record.to);
  }
  return { kind: "records", records };
}

/** Where the fields of a record stand. Reads it once more: ask only for rows that need it. */
export function fieldSpans(text: string, record: CsvRecord, delimiter: Delimiter): readonly Span[] {
  const spans: Span[] = [];
  recordAt(text, record.from, delimiter.charCodeAt(0), spans);
  return spans;
}

/** The start of the first line from here on that is neither blank nor a comment. */
function nextRow(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === hash) at = lineEnd(text, at);
    else if (unit !== lineFeed && unit !== carriageReturn) return at;
  }
  return text.length;
}

/** The record that begins here; where its quote opens, if that is never closed. */
function recordAt(text: string, from: number, delimiter: number, spans?: Span[]): CsvRecord | number {
  const fields: string[] = [];
  for (let at = from; ; ) {
    let end: number;
    if (text.charCodeAt(at) === quote) {
      const close = closingQuote(text, at);
      if (close < 0) return at;
      // Behind the empty quotes of a row's first field a comment may stand.
      const isComment = fields.length === 0 && close === from + 1 && text.charCodeAt(close + 1) === hash;
      end = isComment ? close + 1 : plainEnd(text, close + 1, delimiter);
      fields.push(unquoted(text, { open: at, close, end }));
    } else {
      end = plainEnd(text, at, delimiter);
      fields.push(text.slice(at, end));
    }
    spans?.push({ from: at, to: end });
    if (text.charCodeAt(end) === delimiter) at = end + 1;
    else return { fields, from, to: behindLine(text, end) };
  }
}

function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close >= 0 && text.charCodeAt(close + 1) === quote) close = text.indexOf('"', close + 2);
  return close;
}

/** What a quoted field says. Where words stand behind its closing quote, the quotes are signs like others (`"One" or two`), but before a `#`. */
function unquoted(text: string, { open, close, end }: { readonly open: number; readonly close: number; readonly end: number }): string {
  const written = text.slice(open + 1, close);
  const value = written.includes('"') ? written.replaceAll('""', '"') : written;
  if (close + 1 === end) return value;
  const behind = text.slice(close + 1, end);
  return behind.charCodeAt(0) === hash ? value + behind : `"${value}"${behind}`;
}

/** Where an unquoted field ends: at the next delimiter or line end. */
function plainEnd(text: string, from: number, delimiter: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === delimiter || unit === lineFeed || unit === carriageReturn) break;
  }
  return at;
}

function lineEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === lineFeed || unit === carriageReturn) break;
  }
  return at;
}

function behindLine(text: string, from: number): number {
  const end = lineEnd(text, from);
  const isPair = text.charCodeAt(end) === carriageReturn && text.charCodeAt(end + 1) === lineFeed;
  return Math.min(end + (isPair ? 2 : 1), text.length);
}
