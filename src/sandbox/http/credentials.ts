import { createVerify, randomBytes } from "node:crypto";
import { refused } from "../acts/refusal.ts";
import { inSeconds, machineNow } from "../clock.ts";
import type { App, Installation, Permissions, Repository, Token, World } from "../state/world.ts";
import { type Fields, fieldsOf } from "./asked.ts";

export type Credentials = { readonly app: App | null; readonly token: Token | null };

const hour = 3_600_000;
/** GitHub allows an app's own token ten minutes. */
const longestJwt = 600;

/** Who sends this `authorization` header. Refuses (401) what is wrong or expired, by the machine's clock. */
export function authenticate(world: World, header: string | undefined): Credentials {
  if (header === undefined) return { app: null, token: null };
  const credential = header.replace(/^(bearer|token) +/i, "");
  const token = world.tokens.get(credential);
  if (token !== undefined && token.expiresAt > machineNow()) return { app: null, token };
  const isJwt = credential.split(".").length === 3 && !credential.startsWith("ghs_");
  if (!isJwt) throw refused(401, "Bad credentials");
  return { app: verifyJwt(world, credential), token: null };
}

/** The long, opaque form that GitHub gives out since 2026: dots, dashes and underscores, some 520 characters. */
export function issueToken(
  world: World,
  installation: Installation,
  narrowed: { readonly permissions: Permissions; readonly repositories: ReadonlySet<Repository> | null },
): { readonly token: string; readonly expiresAt: number } {
  const part = (bytes: number) => randomBytes(bytes).toString("base64url");
  const token = `ghs_${world.app.id}_${part(45)}.${part(75)}.${part(256)}`;
  const expiresAt = machineNow() + hour;
  world.tokens.set(token, { installation, ...narrowed, expiresAt });
  return { token, expiresAt };
}

function verifyJwt(world: World, jwt: string): App {
  const undecodable = refused(401, "A JSON web token could not be decoded");
  const [head = "", claims = "", signature = ""] = jwt.split(".");
  if (readJson(head).alg !== "RS256") throw undecodable;
  const { iss, iat, exp } = readJson(claims);
  if (iss === undefined) throw refused(401, "Missing 'issuer' claim ('iss')");
  const app = world.apps.get(Number(iss));
  if (app === undefined) throw refused(404, "Integration not found");
  if (!createVerify("RSA-SHA256").update(`${head}.${claims}`).verify(app.publicKey, signature, "base64url")) throw undecodable;

  const now = inSeconds(machineNow());
  if (typeof exp !== "number" || exp <= now)
    throw refused(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  if (exp > now + longestJwt) throw refused(401, "'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== "number" || iat > now)
    throw refused(401, "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued");
  return app;
}

function readJson(part: string): Fields {
  try {
    return fieldsOf(JSON.parse(Buffer.from(part, "base64url").toString("utf8")));
  } catch {
    return {};
  }
}
