import { expect, test } from "vitest";
import { matchesGolden } from "../../../../test/golden.ts";
import { yamlSamples } from "../../../../test/yaml-samples.ts";
import type { PlannedTask } from "../../words.ts";
import { readPlan } from "../read-plan.ts";

test.each(Object.entries(yamlSamples))("%s reads as its golden file says", (path, text) => {
  const { plan, problems, because } = readPlan({ path, text });

  matchesGolden(
    `plans/yaml/${path}.txt`,
    [
      `${plan?.format ?? "no plan"}: ${because}`,
      ...(plan?.tasks ?? []).flatMap(shown),
      ...(plan?.milestones ?? []).map((one) => `milestone ${JSON.stringify(one)}`),
      ...(plan?.risks ?? []).map((one) => `risk ${JSON.stringify(one)}`),
      ...(plan?.cadence ?? []).map((one) => `cadence ${JSON.stringify(one)}`),
      ...problems.map(
        ({ line, column, severity, code, message, suggestion }) =>
          `${line}:${column} ${severity} ${code}: ${message}${suggestion === undefined ? "" : ` → ${suggestion}`}`,
      ),
      "",
    ].join("\n"),
  );
});

test.each(["\r\n", "\r"])("a byte order mark, other line ends (%j) and a missing last line break change nothing of what is read", (eol) => {
  for (const [path, text] of Object.entries(yamlSamples)) {
    const plain = readPlan({ path, text });
    const other = readPlan({ path, text: `\uFEFF${text.trimEnd().replaceAll("\n", eol)}` });

    expect(other.plan, path).toEqual(plain.plan);
    expect(other.problems, path).toEqual(plain.problems);
  }
});

function shown({
  line,
  id,
  status,
  writtenStatus,
  title,
  steps,
  extra,
  token: _t,
  scope: _s,
  file: _f,
  recurring: _r,
  ...rest
}: PlannedTask): readonly string[] {
  const said = Object.entries(rest).filter(
    ([, value]) => value !== null && value !== false && !(Array.isArray(value) && value.length === 0),
  );
  return [
    `${line}: ${id} ${status} (${writtenStatus}) ${title}${said.map(([key, value]) => ` | ${key} ${JSON.stringify(value)}`).join("")}${Object.keys(extra).length === 0 ? "" : ` | extra ${JSON.stringify(extra)}`}`,
    ...steps.map((step) => `  step ${JSON.stringify(step)}`),
  ];
}
