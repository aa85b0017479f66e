import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import { Probot, ProbotOctokit } from "probot";
import type { Instant, Mode } from "../core/words.ts";
import type { GitHub, Translator } from "../ports.ts";
import { send } from "./border.ts";
import { readCalls, writeCalls } from "./calls.ts";
import { openFinder } from "./find.ts";
import { openReader } from "./read.ts";
import { openTranslator } from "./translate/translator.ts";
import { type OnCall, readOnly, watched } from "./watch.ts";
import { openWriter } from "./write.ts";

export type AppSettings = {
  readonly appId: number;
  /** PEM. */
  readonly privateKey: string;
  /** Without a slash at the end. */
  readonly apiUrl: string;
  readonly log: Logger;
  readonly now: () => Instant;
  /** Leaves one to three seconds between writes of an installation, as github.com asks; true where it is not given. */
  readonly writeSpacing?: boolean;
  /** Told of every call of GitHub's API once it has ended. */
  readonly onCall?: OnCall;
};

export type GitHubApp = {
  readonly probot: Probot;
  readonly translator: Translator;
  /** What may be done in one installation. In observe mode there is no writer, and the client beneath refuses to write. */
  client(installation: number, mode: Mode): Promise<GitHub>;
};

/** Opens the GitHub App. Makes no call: a wrong key or id shows as a Fault of the first call. */
export async function openApp(settings: AppSettings): Promise<GitHubApp> {
  const { appId, now } = settings;
  const probot = new Probot({
    appId,
    privateKey: settings.privateKey,
    baseUrl: settings.apiUrl,
    log: quiet(settings.log),
    request: { fetch: send },
    Octokit: once(settings.writeSpacing ?? true),
    // Signatures are checked on receipt. Probot would fall back to a secret that everybody knows, so it gets one that nobody does.
    secret: randomBytes(32).toString("hex"),
  });
  await probot.ready();

  return {
    probot,
    translator: openTranslator(probot, { appId }),
    async client(installation, mode) {
      const octokit = watched(await probot.auth(installation), { installation, onCall: settings.onCall ?? (() => undefined) });
      const reads = readCalls(mode === "observe" ? readOnly(octokit) : octokit, now);
      return {
        read: openReader(reads, { appId, now }),
        find: openFinder(reads, appId),
        write: mode === "observe" ? null : openWriter(writeCalls(octokit, now)),
      };
    },
  };
}

/**
 * Every call is made once and nobody sleeps: what failed is thrown, and the worker that holds the job knows when to try again.
 * Spacing between writes (GitHub asks for a second, three where people are notified) stays with the throttling plugin.
 */
const once = (spacing: boolean) =>
  ProbotOctokit.defaults((options: { readonly throttle?: object }) => ({
    ...options,
    retry: { enabled: false },
    throttle: { ...options.throttle, enabled: spacing, onRateLimit: () => false, onSecondaryRateLimit: () => false },
  }));

/** Probot's debug lines hold whole payloads and request bodies: other people's words, by the megabyte. */
function quiet(log: Logger): Logger {
  return log.child({}, { level: log.isLevelEnabled("debug") ? "info" : log.level });
}
