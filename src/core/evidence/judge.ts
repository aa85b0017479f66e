import { type Stance, type Token, unreachable, type Verb } from "../words.ts";
import { markup } from "./characters.ts";
import { denialBehind, doubtBefore, doubtBehind } from "./doubt.ts";
import type { Lexeme } from "./lexemes.ts";
import type { Passage } from "./passage.ts";
import type { IdsLexeme, Run } from "./runs.ts";
import { type StatusBehind, statusBehind } from "./status-behind.ts";
import type { OwnWords, Sense } from "./vocabulary.ts";

/** One naming of one task, before several in one text are weighed. Offsets are those of the passage. */
export type Sighting = {
  readonly token: Token;
  readonly scope: string | null;
  readonly start: number;
  readonly end: number;
  readonly verb: Verb;
  readonly stance: Stance;
  readonly idle: boolean;
  readonly words: string;
  readonly because: string;
};

/** A passage and its lexemes; for each lexeme whether its sentence is a question; the type (`fix:`) its subject begins with, if any. */
export type Scene = {
  readonly passage: Passage;
  readonly lexemes: readonly Lexeme[];
  readonly questions: readonly boolean[];
  readonly changeType: string | null;
  readonly own: OwnWords;
};

/** What a run of ids says of each of its tasks, and why. */
export function judge(run: Run, scene: Scene): readonly Sighting[] {
  const said = verdictOf(run, scene);
  return run.ids.flatMap((ids) => {
    const verdict = ids.possessive && said.verb !== "revert" ? owner(said) : said;
    const { from, end, written, tokens, scope } = ids.found;
    const words = [verdict.before, seen(written), verdict.behind].filter((part) => part !== "").join(" ");
    const because = verdict.because + spellingHint(ids);
    return tokens.map((token) => ({
      token,
      scope,
      start: from,
      end,
      verb: verdict.verb,
      stance: verdict.stance,
      idle: verdict.idle,
      words,
      because,
    }));
  });
}

/** The verdict on a whole run. `before` and `behind` are the words it was read from. */
type Verdict = {
  readonly verb: Verb;
  readonly stance: Stance;
  readonly idle: boolean;
  readonly before: string;
  readonly behind: string;
  readonly because: string;
};

// Marks between a negation and its verb may fill a page.
const longestShown = 120;

const bounds: Readonly<Record<"mention" | "merge" | "todo", { readonly stance: Stance; readonly because: string }>> = {
  mention: { stance: "bare", because: "what a revert says beyond its subject only mentions" },
  merge: { stance: "merge", because: "what a merge says beyond its branch only mentions" },
  todo: { stance: "todo", because: "it stands in an unchecked box" },
};

function verdictOf(run: Run, scene: Scene): Verdict {
  const { passage, lexemes, own } = scene;
  const { governor } = run;
  const idle = governor?.sense === "bookkeeping" || governor?.sense === "mark";
  const before = governor === null ? "" : written(scene, governor.first, governor.last);
  const mention: Verdict = { verb: "mention", stance: "bare", idle, before, behind: "", because: bareBecause(scene) };
  if (passage.bound === "revert") return { ...mention, verb: "revert", idle: false, before: "Revert", because: "the subject reverts it" };
  if (passage.bound !== null) return { ...mention, ...bounds[passage.bound] };
  if (scene.questions[run.last] === true) return { ...mention, stance: "question", because: "it stands in a question" };

  const behind = governor === null ? null : (run.denied ?? denialBehind(lexemes, run.last, own));
  if (behind !== null) {
    const because = `“${behind.words}” stands behind “${before}”`;
    return {
      ...mention,
      stance: "negated",
      because,
      ...(run.denied === null ? { behind: behind.words } : { before: `${before} ${behind.words}` }),
    };
  }
  const doubt = governor === null ? null : doubtBefore(passage.text, lexemes, governor, own);
  if (doubt !== null) {
    const all = written(scene, doubt.from, doubt.to);
    const shown = all.length > longestShown ? `${doubt.words} … ${before}` : all;
    return { ...mention, stance: "negated", before: shown, because: `“${doubt.words}” stands before “${before}”` };
  }
  const status = statusBehind(passage.text, lexemes, run.last);
  if (status !== null && (governor?.sense === "mark" || (status.as && status.status === "deferred"))) return stated(mention, status);
  if (governor !== null) return governed(mention, governor.sense);
  const denied = doubtBehind(lexemes, run.last, own);
  if (denied === null) return mention;
  const said = written(scene, denied.from, denied.to);
  return { ...mention, stance: "negated", behind: said, because: `“${denied.words}” behind it says that it is not done` };
}

function stated(mention: Verdict, said: StatusBehind): Verdict {
  const behind = said.as ? `as ${said.written}` : said.written;
  return { ...mention, verb: `status:${said.status}`, idle: false, behind, because: `“${behind}” behind it names a status` };
}

function governed(mention: Verdict, sense: Sense): Verdict {
  const because = `“${mention.before}” stands before it`;
  switch (sense) {
    case "complete":
    case "start":
    case "reopen":
      return { ...mention, verb: sense, because };
    case "link":
      return { ...mention, stance: "linked", because };
    case "bookkeeping":
      return { ...mention, stance: "linked", because: `${because} and is no work on it` };
    case "mark":
      return { ...mention, stance: "linked", because: `${because}, but no status behind it` };
    default:
      return unreachable(sense);
  }
}

const owner = (said: Verdict): Verdict => ({
  ...said,
  verb: "mention",
  stance: said.stance === "bare" ? "linked" : said.stance,
  because: "something of it is spoken of (’s), not the task itself",
});

function bareBecause(scene: Scene): string {
  if (scene.changeType === null) return "it is named without a verb";
  return `“${scene.changeType}” is the type of the change, not a verb`;
}

function spellingHint(ids: IdsLexeme): string {
  const dashes = ids.found.tokens.length === 1 && /[\u2011\u2013]/.test(ids.found.written);
  return dashes ? "; its dash is read as a hyphen" : "";
}

const written = (scene: Scene, first: number, last: number): string =>
  seen(scene.passage.text.slice(scene.lexemes[first]?.start, scene.lexemes[last]?.end));

const seen = (text: string): string => text.replaceAll(markup, "").replace(/\s+/g, " ");
