import { Refusal } from "../acts/refusal.ts";
import { mutationRoot } from "../graphql/commit.ts";
import { parse, SyntaxProblem } from "../graphql/parse.ts";
import { queryRoot } from "../graphql/read.ts";
import { type Problem, select } from "../graphql/select.ts";
import { type Answer, ok } from "../http/answer.ts";
import { type Asked, fieldsOf, requiredTextIn } from "../http/asked.ts";
import type { Route } from "../http/router.ts";

export const graphqlRoutes: readonly Route[] = [{ operation: "POST /graphql", by: "installation", answer: answerQuery }];

/** Problems come with status 200, as GitHub's do. */
function answerQuery({ world, token, body }: Asked): Answer {
  if (token === null) throw new Error("the route admits installations only");
  const fields = fieldsOf(body);
  const problems: Problem[] = [];
  try {
    const document = parse(requiredTextIn(fields, "query"), fieldsOf(fields.variables));
    const root = document.kind === "query" ? queryRoot(world, token) : mutationRoot(world, token);
    const found = select(root, document.selections, problems);
    return ok(problems.length === 0 ? { data: found } : { data: found, errors: problems });
  } catch (error) {
    if (error instanceof SyntaxProblem) return ok({ errors: [{ message: error.message }] });
    if (error instanceof Refusal) return ok({ data: null, errors: [{ message: String(error.body.message) }] });
    throw error;
  }
}
