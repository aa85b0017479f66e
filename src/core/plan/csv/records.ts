export type Delimiter = "," | ";" | "\t";

/** One record of a CSV text: its fields, and where it stands in the text, its line end included. */
export type CsvRecord = { readonly fields: readonly string[]; readonly from: number; readonly to: number };

/** Where one field stands, its quotes included. */
export type Span = { readonly from: number; readonly to: number };

export type RecordStarts =
  | { readonly kind: "starts"; readonly starts: readonly number[] }
  /** A quoted field runs to the end of the text. `at` = where its quote opens. */
  | { readonly kind: "unclosed-quote"; readonly at: number };

const [quote, hash, lineFeed, carriageReturn] = [34, 35, 10, 13];

/**
 * Where the records of a text begin, at most `most` of them. Never throws, whatever the text, and costs one pass over it.
 *
 * Real plan files hold `#` comment lines and blank lines between the rows, any kind of line end, quotes inside unquoted fields, and rows of
 * any length. They are read exactly as csv-parse reads them with `comment: "#"`, `comment_no_infix`, `relax_quotes`, `relax_column_count`
 * and `skip_empty_lines` (the tests hold the two against each other). Beyond that, writing needs to know where each field stands: csv-parse
 * tells of a record only how many bytes lie before its end, and asking for that alone doubles its time.
 */
export function recordStarts(text: string, delimiter: Delimiter, most: number): RecordStarts {
  const sign = delimiter.charCodeAt(0);
  const starts: number[] = [];
  for (let at = nextRow(text, 0); at < text.length && starts.length < most; ) {
    starts.push(at);
    const end = scan(text, at, sign, {});
    if (end < 0) return { kind: "unclosed-quote", at: -1 - end };
    at = nextRow(text, end);
  }
  return { kind: "starts", starts };
}

/**
 * The record that begins at one of `recordStarts`. Read when it is needed and not kept: a hundred thousand rows in memory cost more time
 * than reading them twice.
 */
export function readRecord(text: string, from: number, delimiter: Delimiter): CsvRecord {
  const fields: string[] = [];
  return { fields, from, to: scan(text, from, delimiter.charCodeAt(0), { fields }) };
}

/** Where the fields of a record stand. */
export function fieldSpans(text: string, from: number, delimiter: Delimiter): readonly Span[] {
  const spans: Span[] = [];
  scan(text, from, delimiter.charCodeAt(0), { spans });
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

type Gathered = { readonly fields?: string[]; readonly spans?: Span[] };

/** Goes through the record that begins here and answers where it ends. If a quote in it is never closed: -1 less where that opens. */
function scan(text: string, from: number, delimiter: number, { fields, spans }: Gathered): number {
  for (let at = from; ; ) {
    let [close, end] = [-1, at];
    if (text.charCodeAt(at) === quote) {
      close = closingQuote(text, at);
      if (close < 0) return -1 - at;
      // Behind the empty quotes of a row's first field a comment may stand.
      const isComment = at === from && close === at + 1 && text.charCodeAt(close + 1) === hash;
      end = isComment ? close + 1 : plainEnd(text, close + 1, delimiter);
    } else end = plainEnd(text, at, delimiter);
    fields?.push(close < 0 ? text.slice(at, end) : unquoted(text, { open: at, close, end }));
    spans?.push({ from: at, to: end });
    if (text.charCodeAt(end) !== delimiter) return behindLine(text, end);
    at = end + 1;
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
