import { unreachable } from "../words.ts";
import { more, page, table } from "./block.ts";
import { code } from "./escape.ts";
import { fitted } from "./fitted.ts";
import { marker } from "./marker.ts";
import { refusalLine } from "./refusal.ts";
import { explainReply } from "./reply-explain.ts";
import { planReply, taskReply, undoneReply } from "./reply-status.ts";
import { syncReply } from "./reply-sync.ts";
import { whyReply } from "./reply-why.ts";
import type { Answer, CommandHelp, Reaction, Reply, ReplyView } from "./views.ts";

/**
 * One reply to all commands of a comment. What was simply carried out gets a reaction and no text; text begins with `replyMarker`.
 * `confused` when anything was declined, `rocket` when something was changed, `+1` when only questions were answered.
 */
export function renderReply(view: ReplyView): Reply {
  const reaction = reactionTo(view.answers);
  if (view.answers.every(({ kind }) => kind === "accepted")) return { text: null, reaction };
  const accepted = view.answers.filter(({ kind }) => kind === "accepted").length;
  const done =
    accepted === 0 ? "" : accepted === 1 ? "The other command was carried out." : `The other ${accepted} commands were carried out.`;
  const text = fitted([10, 5, 2], (amount) =>
    page(replyMarker(view.comment), ...view.answers.map((answer) => answerBlock(view, answer, amount)), done),
  );
  return { text, reaction };
}

export const replyMarker = (comment: number): string => marker("reply", String(comment));

function reactionTo(answers: readonly Answer[]): Reaction {
  if (answers.some(({ kind }) => kind === "refused")) return "confused";
  return answers.some(({ kind }) => kind === "accepted" || kind === "undone" || kind === "sync") ? "rocket" : "+1";
}

function answerBlock(view: ReplyView, answer: Answer, amount: number): string {
  switch (answer.kind) {
    case "accepted":
      return "";
    case "plans":
      return answer.plans.length === 0
        ? "There is no plan in this repository yet."
        : page(...answer.plans.slice(0, amount).map((plan) => planReply(view, plan, amount)), more(answer.plans.length, amount, "plan"));
    case "task":
      return taskReply(view, answer, amount);
    case "undone":
      return undoneReply(view, answer, amount);
    case "why":
      return whyReply(view, answer, amount);
    case "explained":
      return explainReply(answer, amount);
    case "sync":
      return syncReply(answer.backfill);
    case "help":
      return helpTable(answer.commands);
    case "refused":
      return refusalLine(answer);
    default:
      return unreachable(answer);
  }
}

const helpTable = (commands: readonly CommandHelp[]): string =>
  page(
    "Commands stand at the beginning of a line in a comment:",
    table(
      ["Command", "What it does", "Who may"],
      commands.map(({ usage, does, least }) => [code(usage), does, least === null ? "everyone" : `${least} or more`]),
    ),
  );
