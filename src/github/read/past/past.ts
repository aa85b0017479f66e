import { type Instant, unreachable } from "../../../core/words.ts";
import type { EarlierText, PastAsk, PastPage, RepositoryAddress } from "../../../ports.ts";
import type { ReadCalls } from "../../calls.ts";
import { readBranches } from "./branches.ts";
import { readClosed } from "./closed.ts";
import { readCommits } from "./commits.ts";
import { readMerged } from "./merged.ts";
import { readOpen } from "./open.ts";
import type { Page, PageAsk } from "./page.ts";
import { readPlans } from "./plans.ts";
import { reserving } from "./reserve.ts";

/**
 * One page of a repository's past, as facts that deliveries would have told. Leaves a part of GitHub's quota alone: a Fault where that began
 * in the middle of the page, `restUntil` where it did at its end.
 */
export async function readPast(
  so: { readonly calls: ReadCalls; readonly appId: number; readonly now: () => Instant },
  at: RepositoryAddress,
  ask: PastAsk & { readonly earlier: EarlierText },
): Promise<PastPage> {
  const { calls, restUntil } = reserving(so.calls, so.now);
  const page = await pageOf(ask.kind, { ...ask, calls, at, appId: so.appId });
  return { ...page, restUntil: restUntil() };
}

function pageOf(kind: PastAsk["kind"], ask: PageAsk): Promise<Page> {
  switch (kind) {
    case "plans":
      return readPlans(ask);
    case "open":
      return readOpen(ask);
    case "merged":
      return readMerged(ask);
    case "closed":
      return readClosed(ask);
    case "commits":
      return readCommits(ask);
    case "branches":
      return readBranches(ask);
    default:
      return unreachable(kind);
  }
}
