import fc from "fast-check";

/** Words that YAML may stumble over. */
export const words = fc.oneof(
  fc.constantFrom(
    "Log in",
    "a: b",
    "#1",
    "it's",
    "- x",
    "yes",
    "null",
    "1.10",
    "[x]",
    "{y}",
    "“quoted”",
    "&a",
    "*b",
    "!c",
    "é 😀",
    "a #b",
    "x:",
    "%y",
    "@z",
    "tab\there",
  ),
  fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 12 })
    .map((text) => text.replace(/[\p{C}\p{Z}]+/gu, " ").trim())
    .filter((text) => /[\p{L}]/u.test(text)),
);
const spelt = fc.constantFrom("todo", "In Progress", "done", "blocked", "deferred", "planned", "review", "recurring");
export const dates = fc.constantFrom("2026-01-05", "2025-12-31");

type Row = {
  readonly title: string;
  readonly status: string | null;
  readonly owner: string | null;
  readonly due: string | null;
  readonly after: boolean;
  readonly notes: string | null;
  readonly other: string | null;
  readonly flow: boolean;
  readonly comment: boolean;
};
const row: fc.Arbitrary<Row> = fc.record({
  title: words,
  status: fc.option(spelt, { freq: 6 }),
  owner: fc.option(words),
  due: fc.option(dates),
  after: fc.boolean(),
  notes: fc.option(
    fc.oneof(
      words,
      fc.tuple(words, words).map((two) => two.join("\n")),
    ),
  ),
  other: fc.option(words),
  flow: fc.boolean(),
  comment: fc.boolean(),
});

type Layout = {
  readonly quotes: "plain" | "single" | "double";
  readonly keyed: boolean;
  readonly indent: number;
  readonly phases: boolean;
  readonly eol: string;
  readonly ended: boolean;
  readonly mark: boolean;
  readonly parts: boolean;
};
const layout: fc.Arbitrary<Layout> = fc.record({
  quotes: fc.constantFrom<Layout["quotes"][]>("plain", "single", "double"),
  keyed: fc.boolean(),
  indent: fc.constantFrom(0, 2, 4),
  phases: fc.boolean(),
  eol: fc.constantFrom("\n", "\r\n", "\r"),
  ended: fc.boolean(),
  mark: fc.boolean(),
  parts: fc.boolean(),
});

/** A scalar in the quotes of the layout; plain only where that is safe. */
function scalar(value: string, { quotes }: Layout): string {
  if (quotes === "single" && !value.includes("\n") && !value.includes("\t")) return `'${value.replaceAll("'", "''")}'`;
  return quotes === "plain" && /^[A-Za-z][\w ]*$/.test(value) && !/^(?:null|yes)$/.test(value) ? value : JSON.stringify(value);
}

function pairsOf(one: Row, index: number, form: Layout): readonly (readonly [string, string])[] {
  const all: readonly (readonly [string, string | null])[] = [
    ["id", form.keyed ? null : `T-${index + 1}`],
    ["title", scalar(one.title, form)],
    ["status", one.status === null ? null : scalar(one.status, form)],
    ["assignee", one.owner === null ? null : scalar(one.owner, form)],
    ["due", one.due],
    ["depends_on", one.after && index > 0 ? `[T-${index}]` : null],
    ["notes", one.notes === null ? null : scalar(one.notes, form)],
    ["points", one.other === null ? null : scalar(one.other, form)],
  ];
  return all.flatMap(([key, value]) => (value === null ? [] : [[key, value] as const]));
}

function entry(one: Row, index: number, form: Layout, margin: string): string {
  const pairs = pairsOf(one, index, form);
  const said = one.comment ? "  # a remark: here" : "";
  const head = form.keyed ? `${margin}T-${index + 1}:` : `${margin}-`;
  if (one.flow) return `${head} {${pairs.map(([key, value]) => `${key}: ${value}`).join(", ")}}${said}\n`;
  const inner = `${margin}${form.keyed ? "   " : "  "}`;
  const lines = pairs.map(([key, value]) => `${inner}${key}: ${value}${said}\n`).join("");
  return form.keyed ? `${head}\n${lines}` : `${head} ${lines.trimStart()}`;
}

function textOf(rows: readonly Row[], form: Layout): string {
  const margin = " ".repeat(form.indent + (form.keyed ? 1 : 0));
  const half = form.phases ? Math.ceil(rows.length / 2) : rows.length;
  const list = (from: number, to: number, pad: string): string =>
    rows
      .slice(from, to)
      .map((one, index) => `${one.comment ? `${pad}# above ${index}\n` : ""}${entry(one, from + index, form, pad)}`)
      .join("");
  const text = form.phases
    ? `phases:\n  - name: First\n    tasks:\n${list(0, half, `    ${margin}`)}${half < rows.length ? `  - name: Second\n    tasks:\n${list(half, rows.length, `    ${margin}`)}` : ""}`
    : `title: x\ntasks:\n${list(0, half, margin)}`;
  const parts = form.parts ? `${text}# the end\n` : text;
  const whole = (form.ended ? parts : parts.trimEnd()).replaceAll("\n", form.eol);
  return form.mark ? `\uFEFF${whole}` : whole;
}

/** Plans with `count` tasks `T-1`, `T-2`, … in any layout: lists and maps, lines and braces, quotes, phases, comments, line ends. */
export const writtenPlans: fc.Arbitrary<{ readonly text: string; readonly count: number }> = fc
  .tuple(fc.array(row, { minLength: 2, maxLength: 6 }), layout)
  .map(([rows, form]) => ({ text: textOf(rows, form), count: rows.length }));
