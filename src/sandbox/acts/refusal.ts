/** GitHub would refuse this. The routes answer with it; an act of a story fails with its message. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.name = "Refusal";
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

export type FieldError = { readonly resource: string; readonly code: string; readonly field: string; readonly message?: string };

export const refused = (status: number, message: string): Refusal => new Refusal(status, { message });

export const notFound = (): Refusal => refused(404, "Not Found");

/** GitHub's answer to a body whose fields do not hold. */
export const invalid = (...errors: readonly FieldError[]): Refusal => new Refusal(422, { message: "Validation Failed", errors });
