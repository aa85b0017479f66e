import { type Scope, type Token, unreachable } from "../../words.ts";
import { type Change, type FormatEdit, type Splice, unwritable } from "../change.ts";
import { normalise } from "../token.ts";
import { type AddChange, addRow } from "./add-row.ts";
import { type FoundRows, findRows, type PlacedRow } from "./find-rows.ts";
import { ownWords } from "./own-words.ts";
import type { CsvRecord } from "./records.ts";
import { type SetChange, setCells } from "./set-cells.ts";
import type { CsvTable } from "./table.ts";

type RemoveChange = Extract<Change, { readonly kind: "remove" }>;

/** Writes changes into the cells and rows of a table: no byte of another cell or row moves. `scope` = that of the file's tasks. */
export function editTable(table: CsvTable, scope: Scope, changes: readonly Change[]): FormatEdit {
  const { text } = table;
  const found = findRows(table, tokensOf(changes));
  const words = ownWords(table, found.spellings);
  const lineEnd = lineEndOf(text, table.header) ?? "\n";
  const added = new Map<Token, Added>();
  const removed: CsvRecord[] = [];
  const edits = changes.map(one);
  const cells = edits.flatMap(({ splices }) => splices);
  const rows = inOrder(added);
  // A new row and an empty cell can stand at one place: the row before the first cell of the next one, but behind the text's last cell.
  const [before, behind] = [rows.filter(({ from }) => from < text.length), rows.filter(({ from }) => from >= text.length)];
  return {
    splices: [...before, ...cells, ...behind, ...removals(text, removed, rows)],
    unwritten: edits.flatMap(({ unwritten }) => unwritten),
  };

  function one(change: Change): FormatEdit {
    if (change.scope !== scope) return refused(change, "the file has no such scope", 0);
    switch (change.kind) {
      case "set":
        return set(change);
      case "add":
        return add(change);
      case "remove":
        return remove(change);
      default:
        return unreachable(change);
    }
  }

  function set(change: SetChange): FormatEdit {
    const row = found.rows.get(change.token);
    return row === undefined ? refused(change, ...whyNoRow(change.token, found)) : setCells(text, row, change, words.status);
  }

  function add(change: AddChange): FormatEdit {
    const token = normalise(change.task.id);
    const taken = found.rows.get(token) ?? found.torn.get(token) ?? added.get(token)?.below;
    if (taken !== undefined) return refused(change, "the file has a row with this id already", taken.record.from);
    const below = change.after === null ? found.last : (found.rows.get(change.after) ?? added.get(change.after)?.below);
    if (below === undefined) return refused(change, `the row to stand above is not there: ${whyNoRow(change.after ?? "", found)[0]}`, 0);
    const { splices, unwritten } = addRow(change, { text, below, words, lineEnd: lineEndOf(text, below.record) ?? lineEnd });
    if (splices.length > 0) added.set(token, { token, after: change.after, below, splices });
    return { splices: [], unwritten };
  }

  function remove(change: RemoveChange): FormatEdit {
    const row = found.rows.get(change.token);
    if (row === undefined) return refused(change, ...whyNoRow(change.token, found));
    const second = found.doubled.get(change.token);
    if (second !== undefined) return refused(change, "another row has the same id, and would take its place", second.from);
    removed.push(row.record);
    return { splices: [], unwritten: [] };
  }
}

const refused = (change: Change, because: string, at: number): FormatEdit => ({
  splices: [],
  unwritten: [unwritable(change, because, at)],
});

function whyNoRow(token: Token, { torn }: FoundRows): readonly [because: string, at: number] {
  const row = torn.get(token);
  if (row === undefined) return ["the file has no row with this id", 0];
  const { record, shape } = row;
  return [`its row has ${record.fields.length} fields where the header has ${shape.width}, so that they cannot be told apart`, record.from];
}

function tokensOf(changes: readonly Change[]): ReadonlySet<Token> {
  const tokens = changes.map((change) => (change.kind === "add" ? normalise(change.task.id) : change.token));
  const above = changes.flatMap((change) => (change.kind === "add" && change.after !== null ? [change.after] : []));
  return new Set([...tokens, ...above]);
}

/** What ends a record's line; null for the last line of a file without a final line end. */
function lineEndOf(text: string, { to }: Pick<CsvRecord, "to">): string | null {
  const [before, last] = [text.charAt(to - 2), text.charAt(to - 1)];
  if (last === "\n") return before === "\r" ? "\r\n" : "\n";
  return last === "\r" ? "\r" : null;
}

/** A row to be added. Below one that is added itself it stands at the same place of the text, behind that. */
type Added = { readonly token: Token; readonly after: Token | null; readonly below: PlacedRow; readonly splices: readonly Splice[] };

/** What goes to one place in the order in which it is to stand there: each row, what is added below it, and last what goes to the end. */
function inOrder(added: ReadonlyMap<Token, Added>): readonly Splice[] {
  const children = new Map<Token, Added[]>();
  for (const one of added.values())
    if (one.after !== null && added.has(one.after)) children.set(one.after, [...(children.get(one.after) ?? []), one]);
  const roots = [...added.values()].filter(({ after }) => after === null || !added.has(after));
  const waiting = [...roots.filter(({ after }) => after !== null), ...roots.filter(({ after }) => after === null)].reverse();
  const splices: Splice[] = [];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    splices.push(...one.splices);
    waiting.push(...(children.get(one.token) ?? []).toReversed());
  }
  return splices;
}

/**
 * Takes whole lines out. Where the last line has no line end, the one before it loses its own, so that the file still ends without; but not
 * where a row is added between them, which then is the last and keeps its line end.
 */
function removals(text: string, records: readonly CsvRecord[], added: readonly Splice[]): readonly Splice[] {
  const splices = records.toSorted((a, b) => a.from - b.from).map(({ from, to }) => ({ from, to, text: "" }));
  const last = splices.at(-1);
  if (last === undefined || last.to < text.length || lineEndOf(text, last) !== null) return splices;
  const between = new Set(added.map(({ from }) => from));
  let first = splices.length - 1;
  while (splices[first - 1]?.to === splices[first]?.from && !between.has(splices[first]?.from ?? -1)) first -= 1;
  const shorter = (splice: Splice): Splice => (between.has(splice.from) ? splice : { ...splice, from: beforeLineEnd(text, splice.from) });
  return splices.map((splice, index) => (index === first ? shorter(splice) : splice));
}

function beforeLineEnd(text: string, at: number): number {
  if (text.charAt(at - 1) === "\n" && text.charAt(at - 2) === "\r") return at - 2;
  return at - 1;
}
