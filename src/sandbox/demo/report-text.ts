import { arrivedLines } from "./arrived-lines.ts";
import { auditLines } from "./audit-lines.ts";
import { type Paper, widthOf, wrapped } from "./paint.ts";
import type { Ending, Report } from "./report.ts";
import { markdownLines } from "./terminal-markdown.ts";
import { writtenTexts } from "./written-texts.ts";

const indent = "    ";
const quote = `${indent}  │ `;

/** The story for a person at a terminal. */
export function textReport(write: (text: string) => void, paper: Paper): Report {
  const { width, paint } = paper;
  const say = (...lines: readonly string[]) => write(lines.map((line) => `${line}\n`).join(""));
  const heading = (text: string) => {
    const [first = "", ...others] = wrapped(text, width - indent.length);
    const ruler = others.length === 0 ? ` ${"─".repeat(Math.max(0, width - widthOf(first) - 1))}` : "";
    say("", paint.bold(first) + paint.dim(ruler), ...others.map((line) => paint.bold(indent + line)));
  };
  const below = (mark: string, text: string) => {
    const [first = "", ...others] = wrapped(text, width - indent.length - 2);
    say(`${indent}${mark} ${first}`, ...others.map((line) => `${indent}  ${line}`));
  };
  const quoted = (markdown: string) => {
    const lines = markdownLines(markdown, { width: width - quote.length, paint });
    say(...lines.map((line) => `${paint.dim(quote)}${line}`.trimEnd()));
  };

  return {
    starting() {
      say("", paint.bold("Plankeeper at work, on a small GitHub of its own"), "", "Starting GitHub, the app and its Postgres …", "");
    },
    opened({ sandbox, app }) {
      say(`${indent}GitHub      ${sandbox.url}`, `${indent}Plankeeper  ${app.url}`, "");
      say(`${indent}${paint.good("→")} what GitHub tells the app    ${paint.code("←")} what the app writes on GitHub`);
    },
    failed(said) {
      say(paint.bad("Plankeeper did not start. It said:"), "", ...said.map((line) => indent + line), "");
      say("With a Postgres of your own:  npm run demo -- --database <url of an empty database>");
    },
    played({ number, title, tells, arrived, wrote, before, outcomes }) {
      heading(`${number}. ${title}`);
      say(...wrapped(tells, width - indent.length).map((line) => indent + paint.dim(line)), "");
      for (const line of arrivedLines(arrived)) below(paint.good("→"), line);
      for (const { what, markdown } of writtenTexts(wrote, before)) {
        below(paint.code("←"), what);
        if (markdown !== "") quoted(markdown);
      }
      for (const { expected } of outcomes.filter(({ met }) => !met)) below(paint.bad("✗"), paint.bad(`did not come: ${expected}`));
    },
    ended(ending) {
      const { audit, verify } = ending;
      heading("Audit trail: plankeeper audit show");
      say("", ...(audit.code === 0 ? auditLines(audit.out, paper) : audit.err.map(paint.bad)));
      heading("Proof that what is stored is what all facts come to: plankeeper verify");
      say("", ...(verify.code === 0 ? verify.out : [...verify.out, ...verify.err].map(paint.bad)));
      heading("What was expected");
      say("", ...outcomeLines(ending, paper), "", ...closing(ending, paper));
    },
  };
}

function outcomeLines({ outcomes }: Ending, { width, paint }: Paper): readonly string[] {
  return outcomes.flatMap(({ step, expected, met }, index) => {
    const number = outcomes[index - 1]?.step === step ? "   " : `${step}.`.padStart(3);
    const [first = "", ...others] = wrapped(expected, width - 6);
    return [`${number} ${met ? paint.good("✓") : paint.bad("✗")} ${first}`, ...others.map((line) => `      ${line}`)];
  });
}

function closing({ outcomes, ok, seconds, verify, addresses }: Ending, { paint }: Paper): readonly string[] {
  const met = outcomes.filter((outcome) => outcome.met).length;
  const count = `${met} of ${outcomes.length} expected outcomes came, in ${seconds.toFixed(1)} s.`;
  const unproven = verify.code === 0 ? "" : " What is stored was not proven.";
  return [ok ? paint.good(count) : paint.bad(count + unproven), "", ...(addresses === null ? nextSteps : standing(addresses))];
}

const nextSteps = ["Look around yourself:  npm run demo -- --keep", "See your own plan:     npx plankeeper check path/to/your/repository"];

function standing(addresses: Readonly<Record<string, string>>): readonly string[] {
  const { data } = addresses;
  return [
    ...Object.entries(addresses).map(([name, address]) => `${name.padEnd(10)}  ${address}`),
    "",
    ...(data === undefined
      ? []
      : ["Ask it yourself:", `  DATA_DIR=${data} npx plankeeper audit show`, `  psql, with the password in ${data}/*/password`, ""]),
    "All of it stays up until Ctrl-C.",
  ];
}
