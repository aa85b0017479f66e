import { candidateTokens } from "../evidence/candidates.ts";
import { readCommands } from "../evidence/read-commands.ts";
import { pullNumberOf, type Undoing, undoingOf, undoingOfPull } from "../evidence/subject.ts";
import { type Command, type CommentFact, type Fact, type Mention, type Place, unreachable } from "../words.ts";
import { meantBy } from "./belonging.ts";

/**
 * What a fact may speak of: id candidates of its texts, and relations to other things, so that both can be found by an index.
 * Relations: `merge:<sha>` (a pull request's merge commit), `head:<sha>` (commits of a push, by its head), `pull:<n>` (commits and comments),
 * `branch:<name>`, `workflow:<name or file>`, `ran:<sha>`, `deployed:<sha>`, `sha:<sha>` and `undoes:<n>` (what a revert
 * names), `gone:<sha>` and `lives:<sha>` (commits taken off a branch, and those in which they live on), `talk:<n>` (comments with commands,
 * by their issue), `undone:<n>` (those that take something back) and `linked:<n>` (those that link their issue).
 * `branch:<name>`, `workflow:<name or file>`, `ran:<sha>`, `deployed:<sha>`, `sha:<sha>` (a commit that a revert names), `talk:<n>` (comments with commands,
 * by their issue), `undone:<n>` (those that take something back) and `linked:<n>` (those that link their issue), `edge-of:<n>`
 * and `edge-on:<n>` (what an issue waits for or consists of, by either end), `labelled:<name>` (an issue or pull request that carries a label), and
 * `milestone:<name>` (an issue that may belong to a milestone called so).
 */
export function mentionsOf(fact: Fact): readonly Mention[] {
  return [...new Set(tokensOf(fact))].map((token) => ({ token, thing: fact.thing }));
}

/** Whether an index entry is a relation between things rather than a candidate for a task id. */
export const isRelation = (token: string): boolean => token.includes(":");

function tokensOf(fact: Fact): readonly string[] {
  switch (fact.kind) {
    case "pull":
      return [
        ...read([fact.title], "title"),
        ...read([fact.body], "body"),
        ...read([fact.branch], "branch"),
        ...read(fact.labels, "label"),
        ...(fact.mergeSha === null ? [] : [`merge:${fact.mergeSha}`]),
        ...labelled(fact.labels),
        ...relationsOfUndoing(undoingOfPull(fact)),
      ];
    case "issue":
      return [
        ...read([fact.title], "title"),
        ...read(fact.labels, "label"),
        ...labelled(fact.labels),
        ...meantBy(fact).map(milestoneToken),
      ];
    case "relation":
      return [`edge-of:${fact.of}`, ...(fact.other.repository === null ? [`edge-on:${fact.other.number}`] : [])];
    case "commit":
      return [...read([fact.message], "commit"), ...relationsOfCommit(fact.message, fact.pushHead, fact.branch)];
    case "pull-content":
      return read(
        fact.commits.map((commit) => commit.message),
        "commit",
      );
    case "vanished":
      return fact.commits.flatMap(({ sha, as }) => [`gone:${sha}`, ...(as === null ? [] : [`lives:${as}`])]);
    case "branch":
      return read([fact.name], "branch");
    case "comment":
      return commentTokens(fact);
    case "run":
      return [...workflowNames(fact.workflow, fact.file).map((name) => `workflow:${name}`), `ran:${fact.headSha}`];
    case "deployment":
      return [`deployed:${fact.sha}`];
    case "proposal":
      return fact.rows.map((row) => row.token);
    case "push":
    case "permission":
    case "review":
    case "label":
    case "plan":
    case "configuration":
    case "repository":
    case "merge-group":
    case "rerequest":
      return [];
    default:
      return unreachable(fact);
  }
}

/** Issues that may belong to a milestone of this name (`plainName`). */
export const milestoneToken = (name: string): string => `milestone:${name}`;

const labelled = (labels: readonly string[]): readonly string[] => labels.map((label) => `labelled:${label}`);

/** What is said on a pull request is about its work, where an id could mean several tasks. */
function commentTokens(fact: CommentFact): readonly string[] {
  const tokens = read([fact.text], "comment");
  return [...tokens, ...(fact.onPull && tokens.length > 0 ? [`pull:${fact.issue}`] : []), ...relationsOfComment(fact)];
}

function relationsOfComment({ text, before, issue, onPull }: CommentFact): readonly string[] {
  const commands = readCommands(text, before);
  if (commands.length === 0) return [];
  const said = (asked: Command["kind"]) => commands.some(({ kind }) => kind === asked);
  return [`talk:${issue}`, ...(said("undo") ? [`undone:${issue}`] : []), ...(said("link") && !onPull ? [`linked:${issue}`] : [])];
}

/** The names by which a configuration may call a workflow: its title, its file, and the file without ending, all in lower case. */
export function workflowNames(title: string, file: string): readonly string[] {
  const base = (file.split("/").at(-1) ?? file).toLowerCase();
  return [...new Set([title.toLowerCase(), base, base.replace(/\.ya?ml$/, "")])].filter((name) => name !== "");
}

function read(texts: readonly string[], place: Place): readonly string[] {
  return texts.flatMap((text) => candidateTokens(text, place));
}

function relationsOfCommit(message: string, pushHead: string, branch: string): readonly string[] {
  const pull = pullNumberOf(message);
  return [`head:${pushHead}`, `branch:${branch}`, ...(pull === null ? [] : [`pull:${pull}`]), ...relationsOfUndoing(undoingOf(message))];
}

function relationsOfUndoing(undoing: Undoing | null): readonly string[] {
  if (undoing === null) return [];
  return [...undoing.shas.map((sha) => `sha:${sha}`), ...undoing.pulls.map((number) => `undoes:${number}`)];
}
