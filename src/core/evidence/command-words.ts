import { type Command, unreachable } from "../words.ts";

/** A command as one would type it: how it is quoted back and told in the audit. */
export function commandWords(command: Command): string {
  switch (command.kind) {
    case "status":
      return typed("/status", command.token === null ? "" : command.written, command.status ?? "", command.reason);
    case "block":
      return typed("/block", command.written, command.on === null ? "" : `on ${command.on}`, command.reason);
    case "unblock":
      return typed("/unblock", command.written);
    case "link":
      return typed(command.linked ? "/link" : "/unlink", command.written);
    case "undo":
      return typed("/undo", command.written);
    case "why":
      return typed("/why", command.written);
    case "explain":
      return typed("/explain", command.text);
    case "sync":
      return "/plan sync";
    case "help":
      return "/help";
    case "unknown":
      return command.written;
    default:
      return unreachable(command);
  }
}

const typed = (...words: readonly string[]): string => words.filter((word) => word !== "").join(" ");
