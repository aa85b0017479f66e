import type { Report } from "./report.ts";

/** One JSON line a step, and a last one with all outcomes. */
export function jsonReport(write: (text: string) => void): Report {
  const line = (value: object) => write(`${JSON.stringify(value)}\n`);
  return {
    starting: () => undefined,
    opened: () => undefined,
    failed: (said) => line({ ok: false, expected: 0, met: 0, outcomes: [], failed: said }),
    played: ({ number, before: _, ...played }) => line({ step: number, ...played }),
    ended: ({ outcomes, audit, verify, ...rest }) =>
      line({
        ok: rest.ok,
        expected: outcomes.length,
        met: outcomes.filter(({ met }) => met).length,
        outcomes,
        audit: audit.out,
        verify: { proven: verify.code === 0, says: verify.out },
        seconds: rest.seconds,
        ...(rest.addresses === null ? {} : { addresses: rest.addresses }),
      }),
  };
}
