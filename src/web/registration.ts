import { resolve } from "node:path";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "pino";
import { z } from "zod";
import type { Instant } from "../core/words.ts";
import { codePattern, convertManifest, type RegisteredApp } from "./convert-manifest.ts";
import { putIntoFile, unwritable } from "./environment-file.ts";
import type { Page } from "./html.ts";
import { openServer, type WebServer, type WebSettings } from "./http-server.ts";
import { type Manifest, manifestAt } from "./manifest.ts";
import { type Pending, patience, pendingRegistrations, sameText, secretText } from "./pending.ts";
import { type Asked, askPage, confirmPage, keptPage, stopPage } from "./registration-pages.ts";

export type RegistrationParts = {
  readonly settings: WebSettings & { readonly githubUrl: string; readonly githubApiUrl: string };
  readonly log: Logger;
  readonly now: () => Instant;
  /** `app.yml`, as `readManifest` gives it. */
  readonly manifest: Manifest;
  /** Where the app's keys are kept, usually `.env`. */
  readonly file: string;
};

export type Registration = WebServer & {
  /** The address for the person at the console. It carries a key: who comes first would own the app. */
  readonly invitation: string;
  /** Resolves with the slug of the app's page once its keys are in the file. */
  readonly registered: Promise<string>;
};

/**
 * Offers to register the GitHub App from its manifest (GitHub: "Registering a GitHub App from a manifest") and keeps what comes of it.
 * Only who has the invitation can begin, and only the browser that began can finish.
 */
export async function startRegistration(parts: RegistrationParts): Promise<Registration> {
  let done: (address: string) => void = () => {};
  const registered = new Promise<string>((resolved) => {
    done = resolved;
  });
  const flow: Flow = { ...parts, file: resolve(parts.file), key: secretText(), pending: pendingRegistrations(parts.now), done };
  const server = await openServer(parts, (app) => offer(app, flow));
  return { ...server, invitation: `${parts.settings.publicUrl ?? server.url}/?key=${flow.key}`, registered };
}

type Flow = RegistrationParts & { readonly key: string; readonly pending: Pending; readonly done: (appUrl: string) => void };
type Answer = { readonly status: number; readonly page: Page; readonly cookie?: string };

function offer(app: FastifyInstance, flow: Flow): void {
  let over = false;
  const route = (path: string, answer: (request: FastifyRequest) => Promise<Answer>) =>
    app.get(path, async (request, reply) => show(reply, over ? alreadyRegistered : await answer(request)));

  route("/", async (request) => begin(flow, request));
  route("/register", (request) => register(flow, request));
  route("/setup", async (request) => {
    const answer = await finish(flow, request);
    over ||= answer.status === 200;
    return answer;
  });
}

function begin(flow: Flow, request: FastifyRequest): Answer {
  const asked = askedIn(request);
  if (!sameText(asked.key, flow.key)) return notInvited;
  return { status: 200, page: askPage({ ...asked, address: flow.settings.publicUrl ?? "" }, null) };
}

async function register(flow: Flow, request: FastifyRequest): Promise<Answer> {
  const asked = askedIn(request);
  if (!sameText(asked.key, flow.key)) return notInvited;
  const address = asked.address.trim().replace(/\/+$/, "");
  const home = homeOf(flow, request);
  const problem =
    addressProblem(address, flow.settings.githubUrl) ?? organisationProblem(asked.organisation) ?? (await fileProblem(flow.file));
  if (problem !== null || home === null) {
    return { status: 400, page: askPage(asked, problem ?? "Your browser did not say at which address it found this page.") };
  }

  const { state, binding } = flow.pending.begin(address);
  const owner = asked.organisation === "" ? "" : `/organizations/${asked.organisation}`;
  const action = `${flow.settings.githubUrl}${owner}/settings/apps/new?state=${state}`;
  const manifest = manifestAt(flow.manifest, address, `${home}/setup`);
  const secure = home.startsWith("https:") ? "; Secure" : "";
  const cookie = `${cookieName}=${binding}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${patience / 1000}${secure}`;
  return { status: 200, page: confirmPage(manifest, flow.settings.githubUrl, action), cookie };
}

async function finish(flow: Flow, request: FastifyRequest): Promise<Answer> {
  const { code, state } = returned.parse(request.query);
  const address = flow.pending.finish(state, cookieIn(request));
  if (address === null) return notBegunHere;
  if (!codePattern.test(code))
    return { status: 400, page: stopPage("No code", "GitHub sent no code. Begin again from the address in the console.") };
  try {
    const app = await convertManifest(flow.settings.githubApiUrl, code);
    const values = { ...valuesOf(app), ...(flow.settings.publicUrl === null ? { PUBLIC_URL: address } : {}) };
    const replaced = await putIntoFile(flow.file, values);
    const written = Object.keys(values);
    flow.log.info({ app: app.html_url, file: flow.file, written, replaced }, "registered");
    flow.done(app.html_url);
    const installUrl = `${app.html_url}/installations/new`;
    return { status: 200, page: keptPage({ file: flow.file, written, replaced, installUrl, webhookSecret: app.webhook_secret !== null }) };
  } catch (fault) {
    flow.log.error({ err: fault }, "registration failed");
    return { status: 502, page: stopPage("Not registered", explained(fault)) };
  }
}

function explained(fault: unknown): string {
  const reason = fault instanceof Error ? fault.message : "Something failed";
  return `${reason}. If GitHub lists the app under your settings all the same, delete it there and begin again from the address in the console.`;
}

function valuesOf(app: RegisteredApp): Readonly<Record<string, string>> {
  return {
    APP_ID: String(app.id),
    PRIVATE_KEY: app.pem,
    ...(app.webhook_secret === null ? {} : { WEBHOOK_SECRET: app.webhook_secret }),
    GITHUB_CLIENT_ID: app.client_id,
    GITHUB_CLIENT_SECRET: app.client_secret,
  };
}

// ── what a person may answer ──────────────────────────────────────────────────────────────────

const text = z.string().max(2000).catch("");
const questions = z.object({ key: text, address: text, organisation: text });
const returned = z.object({ code: text, state: text });

function askedIn(request: FastifyRequest): Asked {
  const asked = questions.parse(request.query);
  return { ...asked, organisation: asked.organisation.trim() };
}

function addressProblem(address: string, githubUrl: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || !/^[\w.:/~%[\]-]+$/.test(address)) {
    return "The address must look like https://plankeeper.example.com.";
  }
  // A GitHub on this machine, as for a trial, may reach this machine.
  if (isLoopback(url) && !isLoopback(new URL(githubUrl)))
    return "GitHub refuses to send webhooks to localhost: give an address that it can reach.";
  return null;
}

function organisationProblem(organisation: string): string | null {
  return /^[A-Za-z0-9-]{0,39}$/.test(organisation) ? null : "That is not the name of an organisation: only letters, digits and hyphens.";
}

async function fileProblem(file: string): Promise<string | null> {
  const reason = await unwritable(file);
  return reason === null ? null : `The app's keys could not be kept afterwards (${reason}). Mend that first.`;
}

function isLoopback(url: URL): boolean {
  return url.hostname === "localhost" || url.hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(url.hostname);
}

/** Where the browser comes back to: the public address if there is one, else the host it came to. */
function homeOf(flow: Flow, request: FastifyRequest): string | null {
  if (flow.settings.publicUrl !== null) return flow.settings.publicUrl;
  const host = request.headers.host ?? "";
  return /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d{1,5})?$/i.test(host) ? `http://${host}` : null;
}

// ── answers ───────────────────────────────────────────────────────────────────────────────────

const cookieName = "plankeeper_setup";

function cookieIn(request: FastifyRequest): string {
  return new RegExp(`(?:^|; ?)${cookieName}=([\\w-]{1,100})(?:;|$)`).exec(request.headers.cookie ?? "")?.[1] ?? "";
}

const notInvited: Answer = {
  status: 403,
  page: stopPage("By invitation only", "Open the address that Plankeeper printed where it was started: it carries the key to this page."),
};
const notBegunHere: Answer = {
  status: 403,
  page: stopPage(
    "Not begun here",
    "This browser did not begin a registration in the last hour, or it used this page before. Begin again from the address in the console.",
  ),
};
const alreadyRegistered: Answer = {
  status: 410,
  page: stopPage("Registered already", "Restart Plankeeper, so that it reads its new keys."),
};

function show(reply: FastifyReply, { status, page, cookie }: Answer): FastifyReply {
  reply.header("content-security-policy", page.contentSecurityPolicy);
  // With "no-referrer" browsers call the sender of the form to GitHub "null"; the bare origin gives away no key.
  reply.header("referrer-policy", "strict-origin");
  if (cookie !== undefined) reply.header("set-cookie", cookie);
  return reply.code(status).type("text/html; charset=utf-8").send(page.text);
}
