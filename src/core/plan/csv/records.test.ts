import { CsvError, parse } from "csv-parse/sync";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Delimiter, fieldSpans, readRecord, recordStarts } from "./records.ts";

const everything = Number.MAX_SAFE_INTEGER;

/** What csv-parse makes of a text; null where it refuses it. */
function parsed(text: string, delimiter: Delimiter): readonly (readonly string[])[] | null {
  try {
    return parse(text, {
      bom: false,
      comment: "#",
      comment_no_infix: true,
      delimiter,
      record_delimiter: ["\r\n", "\n", "\r"],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

function read(text: string, delimiter: Delimiter): readonly (readonly string[])[] | null {
  const reading = recordStarts(text, delimiter, everything);
  return reading.kind === "starts" ? reading.starts.map((from) => readRecord(text, from, delimiter).fields) : null;
}

const delimiters = fc.constantFrom<Delimiter>(",", ";", "\t");
const signs = fc.constantFrom("a", "é", "🚀", " ", ",", ";", "\t", '"', '"', "#", "\n", "\r", "\r\n");
const texts = fc.string({ unit: signs, maxLength: 40 });

test("any text whatever is read as csv-parse reads it", () => {
  fc.assert(
    fc.property(texts, delimiters, (text, delimiter) => {
      expect(read(text, delimiter)).toEqual(parsed(text, delimiter));
    }),
    { numRuns: 5000 },
  );
});

test("so are texts of rows that are nearly right", () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom("a", "b", " ", "#", "é"), maxLength: 4 }),
    fc.string({ unit: signs, maxLength: 6 }).map((value) => `"${value.replaceAll('"', '""')}"`),
    fc.string({ unit: signs, maxLength: 6 }),
  );
  const line = fc.tuple(fc.array(cell, { maxLength: 4 }), fc.constantFrom("\n", "\r\n", "\r", "\n\n", "\n# note\n"));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 5 }), delimiters, (lines, delimiter) => {
      const text = lines.map(([cells, end]) => cells.join(delimiter) + end).join("");
      expect(read(text, delimiter)).toEqual(parsed(text, delimiter));
    }),
    { numRuns: 2000 },
  );
});

test.each([
  ['""# remark\na,b', [[""], ["a", "b"]]],
  ['"a"# remark,b', [["a# remark", "b"]]],
  ['x,""#,b', [["x", "#", "b"]]],
  ['"a" b,"c""d"e', [['"a" b', '"c"d"e']]],
  [
    "a,\n,",
    [
      ["a", ""],
      ["", ""],
    ],
  ],
  ["#a,b\r\r\nc", [["c"]]],
  ['"#a",b', [["#a", "b"]]],
])("%j is read as csv-parse reads it", (text, records) => {
  expect(read(text, ",")).toEqual(records);
  expect(parsed(text, ",")).toEqual(records);
});

test("records and fields stand where they are said to stand", () => {
  fc.assert(
    fc.property(texts, delimiters, (text, delimiter) => {
      const reading = recordStarts(text, delimiter, everything);
      if (reading.kind !== "starts") return;
      let last = 0;
      for (const from of reading.starts) {
        const record = readRecord(text, from, delimiter);
        expect(record.from).toBeGreaterThanOrEqual(last);
        last = record.to;
        expect(read(text.slice(record.from, record.to), delimiter)).toEqual([record.fields]);
        const spans = fieldSpans(text, from, delimiter);
        expect(spans).toHaveLength(record.fields.length);
        // A field by itself may read as nothing (empty) or as a comment; behind another one it is only itself.
        for (const [index, span] of spans.entries())
          if (index > 0 || text[span.from] !== '"')
            expect(read(`x${delimiter}${text.slice(span.from, span.to)}`, delimiter)).toEqual([["x", record.fields[index]]]);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a quote that is never closed is told by its place", () => {
  expect(recordStarts('a,b\n# "\nc,"d\n', ",", everything)).toEqual({ kind: "unclosed-quote", at: 10 });
});

test("no more records are read than are asked for, whatever stands behind them", () => {
  expect(recordStarts('a\nb\n"c', ",", 2)).toEqual({ kind: "starts", starts: [0, 2] });
});
