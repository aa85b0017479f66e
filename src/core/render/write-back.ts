import type { Cause, Status } from "../words.ts";
import { syncTrailer } from "../words.ts";
import { fileUrl } from "./addresses.ts";
import { count, details, list, more, page, section, series, table } from "./block.ts";
import { code, codeLink, inline, plain } from "./escape.ts";
import { fitted } from "./fitted.ts";
import { marker } from "./marker.ts";
import { whyLine } from "./why.ts";
import { statusWords } from "./wording.ts";

/** One field of one row: what the file says, and what it is to say. Null: nothing. */
export type WrittenField = {
  readonly id: string;
  readonly field: "status" | "completed";
  readonly before: string | null;
  readonly after: string | null;
};

/** A row that is written, and why. */
export type WrittenRow = {
  readonly id: string;
  readonly title: string;
  readonly before: Status;
  readonly after: Status;
  readonly cause: Cause;
};

/** What a change of a plan file comes to, taken from the file before and after it. */
export type FileDifference = {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly WrittenField[];
};

export type WriteBackView = {
  readonly web: string;
  /** The default branch, for a link to the plan. */
  readonly branch: string;
  readonly path: string;
  readonly revision: string;
  readonly rows: readonly WrittenRow[];
  readonly difference: FileDifference;
  /** Rows that somebody changed while this was being proposed: his word stands. `status` is what the file says now. */
  readonly left: readonly { readonly id: string; readonly status: Status }[];
  /** What the file has no place for. */
  readonly unwritten: readonly { readonly id: string; readonly because: string }[];
  /** Files beside the plan that are kept true to it in the same commit. */
  readonly snapshots: readonly string[];
};

/** A commit that marks these rows. The last line tells it from everybody else's. Plain text, which GitHub searches for references all the same. */
export function commitText(
  marks: readonly Marked[],
  left: WriteBackView["left"],
  revision: string,
): { readonly headline: string; readonly body: string } {
  const lines = marks.map((mark) => `- ${marked(mark)}`);
  const kept = left.slice(0, mostKept).map(marked);
  return {
    headline: subject(marks),
    body: page(
      marks.length === 1 ? "" : lines.slice(0, mostLines).join("\n"),
      more(lines.length, mostLines, "task"),
      kept.length === 0 ? "" : `Left as somebody has just written it: ${series(kept)}.`,
      syncTrailer(revision),
    ),
  };
}

const mostLines = 100;
const mostKept = 10;

type Marked = { readonly id: string; readonly status: Status };

const marked = ({ id, status }: Marked): string => `${plain(id, 64)} ${status}`;

function subject(marks: readonly Marked[]): string {
  const [first] = marks;
  if (first === undefined) return "docs(plan): write completion dates";
  if (marks.length === 1) return `docs(plan): mark ${marked(first)}`;
  const one = marks.every(({ status }) => status === first.status) ? ` ${first.status}` : "";
  return `docs(plan): mark ${marks.length} tasks${one}`;
}

/** The pull request that proposes all that the board knows and the file does not. Title and body say the same as long as that is the same. */
export function renderWriteBack(view: WriteBackView): { readonly title: string; readonly body: string } {
  const title = subject(view.rows.map(({ id, after }) => ({ id, status: after })));
  const plan = codeLink(view.path, fileUrl({ web: view.web, at: view.branch }, view.path));
  const body = fitted(levels, (amount) =>
    page(
      `${writeBackMarker(view.path)}\n${introduction(view, plan)}`,
      table(
        ["Task", "In the file", "Now", "Because"],
        view.rows.slice(0, amount).map((row) => cells(view, row)),
      ),
      more(view.rows.length, amount, "task"),
      section("Left as they are", leftOut(view, amount)),
      details("The changes as JSON", differenceBlock(view, amount)),
      footer,
    ),
  );
  return { title, body };
}

export const writeBackMarker = (path: string): string => marker("write-back", path);

const levels = [200, 60, 20, 5];

function introduction({ rows, snapshots }: WriteBackView, plan: string): string {
  const told =
    rows.length === 0
      ? "it lacks days on which tasks were completed"
      : `${count(rows.length, "task")} ${rows.length === 1 ? "has" : "have"} another status by now`;
  const also = snapshots.length === 0 ? "" : ` ${series(snapshots.map((path) => code(path)))} shows the plan and is kept true to it.`;
  return `${plan} is behind what happened in this repository: ${told}. Merging this writes it there.${also}`;
}

const cells = ({ web }: WriteBackView, { id, title, before, after, cause }: WrittenRow): readonly string[] => [
  `${code(id, 60)} ${inline(title, 80)}`.trimEnd(),
  statusWords[before],
  statusWords[after],
  whyLine(web, cause),
];

function leftOut({ left, unwritten }: WriteBackView, amount: number): string {
  const lines = [
    ...left.map(({ id, status }) => `${code(id, 60)}: somebody has just written ${statusWords[status]}, and that stands.`),
    ...unwritten.map(({ id, because }) => `${code(id, 60)}: not written, because ${inline(because, 200)}.`),
  ];
  return page(list(lines.slice(0, amount)), more(lines.length, amount, "row"));
}

/** For programs. What JSON may escape is escaped, so that nothing in it ends the block or means anything to GitHub. */
function differenceBlock({ path, revision, difference }: WriteBackView, amount: number): string {
  const { added, removed, changed } = difference;
  const told = {
    plan: path,
    revision,
    added: added.slice(0, amount),
    removed: removed.slice(0, amount),
    changed: changed.slice(0, amount * 2),
  };
  const isWhole = added.length <= amount && removed.length <= amount && changed.length <= amount * 2;
  const json = JSON.stringify(isWhole ? told : { ...told, truncated: true }, null, 1).replace(
    /[<>&`@#~]/g,
    (sign) => `\\u00${sign.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return `\`\`\`json\n${json}\n\`\`\``;
}

const footer =
  "_Plankeeper keeps this pull request: it changes when the board does, and goes when there is nothing left to say. A row that you change yourself stands. Close it if you do not want this; it comes back only with something new._";

/** Said in place of the body when nothing is left to propose. */
export function renderNothingLeft({ web, branch, path }: Pick<WriteBackView, "web" | "branch" | "path">): string {
  const plan = codeLink(path, fileUrl({ web, at: branch }, path));
  return page(
    `${writeBackMarker(path)}\nClosed by Plankeeper: ${plan} and the board say the same again, so there is nothing left to write.`,
  );
}

/** Added to the body when somebody else pushes to the branch. */
export const pushedByOthers =
  "_Somebody else has pushed to this branch, so Plankeeper leaves it as it is until this pull request is merged or closed._";

/** Why a plan is not written back, for the summary: GitHub's own words, and what to grant. */
export function refusedWriteBack(because: string): string {
  return `> [!WARNING]\n> The plan file is not written back: ${inline(because, 300)}\n> Writing back needs the permissions _Contents: write_ and _Pull requests: write_, and a branch that the app may push to.`;
}
