import type { Found } from "../schedule/findings.ts";
import { type Finding, type FindingCode, findings } from "../words.ts";
import { sentence, sourceLink } from "./addresses.ts";
import { list, more, page, section } from "./block.ts";
import { code, inline } from "./escape.ts";
import { idLink, type Shown } from "./task-cells.ts";

/** What is odd, by kind: what it is, what to do, and the tasks, as many of each kind as a third of `amount`, the rest as a number. */
export function findingsBlock(shown: Shown, found: readonly Found[], amount: number): string {
  const few = Math.ceil(amount / 3);
  const kinds = [...new Set(found.map(({ finding }) => finding.code))];
  return section(
    "Findings",
    ...kinds.map((kind) =>
      kindBlock(
        shown,
        found.filter(({ finding }) => finding.code === kind),
        { kind, few },
      ),
    ),
  );
}

function kindBlock(shown: Shown, found: readonly Found[], { kind, few }: { readonly kind: FindingCode; readonly few: number }): string {
  const { title, mend } = findings[kind];
  const lines = found.slice(0, few).map(({ finding, task }) => {
    const id = task === null ? code(finding.id ?? finding.token, 60) : idLink(shown, task);
    return `${id}: ${findingLine(shown.web, finding)}`;
  });
  return page(`**${title}.** ${mend}`, list(lines), more(found.length, few, "finding"));
}

/** A finding as a safe sentence, with a link to where it can be seen. */
export function findingLine(web: string, { message, link }: Finding): string {
  return link === undefined ? sentence(message) : `${inline(message, 300)} (${sourceLink(web, link)}).`;
}

/** As `findingLine`, with what to do. */
export const findingAdvice = (web: string, finding: Finding): string => `${findingLine(web, finding)} ${findings[finding.code].mend}`;
