/** The words of the sandbox: what a test, the demo or a person trying the app can do and see. */
import type { Clock } from "./clock.ts";

export type Role = "admin" | "maintain" | "write" | "triage" | "read";

export type SandboxOptions = {
  /** 0 or absent: any free port. */
  readonly port?: number;
  readonly appId: number;
  readonly appSlug?: string;
  /** PEM; the app's JSON web tokens are verified with it. */
  readonly publicKey: string;
  readonly webhookSecret: string;
  readonly webhookUrl: string;
  /** Where the story's clock starts, in ms; the present when absent. */
  readonly now?: number;
  /** What the app may do in repositories; what the manifest asks for when absent. */
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  /** Requests an installation may make in an hour of the story. */
  readonly rateLimit?: number;
  /** How long the app may take to answer a delivery, in ms: GitHub waits 10 s. */
  readonly answerWithin?: number;
};

export type Sandbox = {
  /** The base of the REST API; GraphQL is at `/graphql` below it. */
  readonly url: string;
  readonly clock: Clock;
  /** Creates a repository with one commit on `main`. Nothing is sent: the app is not installed yet. */
  repository(options: RepositoryOptions): SandboxRepository;
  /** Installs the app on these repositories (per owner), or adds them to what is installed already. */
  install(repositories: readonly SandboxRepository[]): Promise<void>;
  /** Takes repositories out of their installation. */
  withdraw(repositories: readonly SandboxRepository[]): Promise<void>;
  /** Deletes the installation of this owner. */
  uninstall(owner: string): Promise<void>;
  /** Every request to the API and the answer given, in order. */
  readonly exchanges: readonly Exchange[];
  readonly deliveries: readonly SentDelivery[];
  /** Sends any webhook at once, even while others are held. A string or Buffer is sent as it is. Answers with the app's status, 0 = none. */
  send(event: string, payload: unknown, options?: { readonly guid?: string }): Promise<number>;
  /** Sends a delivery again under its guid, as the button "Redeliver" does. */
  redeliver(guid: string): Promise<number>;
  /** From now on the app is to be found here: it moved, or was started after the sandbox. */
  deliverTo(webhookUrl: string): void;
  /** From now on deliveries wait … */
  hold(): void;
  /** … until they are sent in the order (and as often) as `order` says: it may leave some out or name one twice. */
  release(order?: (pending: SentDelivery[]) => SentDelivery[]): Promise<void>;
  /** Resolves when every delivery that is not held has been sent, also those caused by the app's own writes. */
  settled(): Promise<void>;
  fault(rule: FaultRule): void;
  /** Every installation token stops being valid, as if its hour were over. */
  expireTokens(): void;
  onExchange(listener: (exchange: Exchange) => void): void;
  close(): Promise<void>;
};

export type Exchange = {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Without `authorization`. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  /** 0 = no answer was given (a fault). */
  readonly status: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly responseBody: unknown;
  /** The operation as GitHub's description names it, `POST /repos/{owner}/{repo}/issues`; null where there is none. */
  readonly route: string | null;
  /** Whose token was used; null for the app itself. */
  readonly installation: number | null;
  readonly fault: FaultKind | null;
};

export type Attempt = {
  readonly id: number;
  readonly at: number;
  /** What the app answered; 0 = it could not be reached, or not in time. */
  readonly status: number;
  readonly ms: number;
  readonly redelivery: boolean;
  readonly answer: string;
};

export type SentDelivery = {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly payload: unknown;
  readonly attempts: readonly Attempt[];
};

/** `-before`: not applied. `-after`: applied, then the answer is lost or spoilt. `timeout`: no answer ever comes. */
export type FaultKind = "500-before" | "500-after" | "403-secondary" | "403-primary" | "timeout" | "timeout-after" | "409" | "drop-after";

export type FaultRule = {
  /** As in `Exchange.route`; absent = any request. */
  readonly route?: string;
  readonly times: number;
  readonly kind: FaultKind;
  /** Seconds, for the two rate limits. */
  readonly retryAfter?: number;
};

export type RepositoryOptions = {
  readonly owner: string;
  readonly name: string;
  readonly private?: boolean;
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Collaborators. The owner is admin without being named; anyone else is a stranger, who can read what is public. */
  readonly people?: Readonly<Record<string, Role>>;
};

export type CommitAct = {
  readonly message: string;
  /** Path → new content, null to remove. */
  readonly files?: Readonly<Record<string, string | Buffer | null>>;
  /** The commit's own time; the clock's when absent. */
  readonly at?: number;
  readonly sha?: string;
  /** A branch or commit that is merged in, as `git merge` does. */
  readonly merge?: string;
};

/** Who acts, by login. Someone never seen before gets an account. */
type By = { readonly by: string };
type Numbered = By & { readonly number: number };

/** The acts of people. Each changes the state and sends what GitHub would send; it resolves when the app has answered (or all is held). */
export type SandboxRepository = {
  readonly id: number;
  readonly owner: string;
  readonly name: string;

  /** Creates the branch when it is new, from the default branch or `from`. With `force` the branch starts anew where it left the default branch, or at `from`. */
  push(
    act: By & {
      readonly branch: string;
      readonly commits: readonly CommitAct[];
      readonly force?: boolean;
      readonly from?: string;
    },
  ): Promise<{ before: string; after: string; shas: string[] }>;
  deleteBranch(act: By & { readonly branch: string }): Promise<void>;

  /** `files` are committed to the head first. `fork` = the owner of the fork in which the head lives. */
  openPull(
    act: By & {
      readonly title: string;
      readonly body?: string;
      readonly head: string;
      readonly base?: string;
      readonly draft?: boolean;
      readonly fork?: string;
      readonly files?: Readonly<Record<string, string | Buffer | null>>;
    },
  ): Promise<{ number: number; headSha: string }>;
  editPull(act: Numbered & { readonly title?: string; readonly body?: string; readonly base?: string }): Promise<void>;
  readyPull(act: Numbered): Promise<void>;
  draftPull(act: Numbered): Promise<void>;
  closePull(act: Numbered): Promise<void>;
  reopenPull(act: Numbered): Promise<void>;
  /** New commits on the pull request's head, also in a fork. (A `push` to the head branch does the same.) */
  synchronize(act: Numbered & { readonly commits: readonly CommitAct[]; readonly force?: boolean }): Promise<{ headSha: string }>;
  /** `message`: whoever merges writes it anew, as the page lets them. */
  mergePull(
    act: Numbered & { readonly method?: "merge" | "squash" | "rebase"; readonly message?: string; readonly deleteBranch?: boolean },
  ): Promise<{ sha: string }>;
  /** Puts pull requests into the merge queue as one group and asks for its checks. */
  mergeGroup(act: By & { readonly pulls: readonly number[] }): Promise<{ headSha: string }>;
  /** Ends a group; with `merged` its pull requests are merged. */
  endMergeGroup(act: { readonly headSha: string; readonly reason: "merged" | "invalidated" | "dequeued" }): Promise<void>;

  openIssue(act: By & { readonly title: string; readonly body?: string; readonly labels?: readonly string[] }): Promise<{ number: number }>;
  editIssue(act: Numbered & { readonly title?: string; readonly body?: string; readonly milestone?: number | null }): Promise<void>;
  closeIssue(act: Numbered & { readonly reason?: "completed" | "not_planned" | "duplicate" }): Promise<void>;
  reopenIssue(act: Numbered): Promise<void>;
  deleteIssue(act: Numbered): Promise<void>;
  /** On issues and pull requests. A label that does not exist is created. */
  label(act: Numbered & { readonly label: string }): Promise<void>;
  unlabel(act: Numbered & { readonly label: string }): Promise<void>;
  openMilestone(act: By & { readonly title: string; readonly description?: string; readonly dueOn?: number }): Promise<{ number: number }>;

  /** An issue waits for another one, or has it as its part; with `ended` it does so no longer. The other: a number here, or `owner/name#7`. */
  relate(
    act: By & {
      readonly issue: number;
      readonly waitsFor?: number | string;
      readonly part?: number | string;
      readonly ended?: boolean;
    },
  ): Promise<void>;
  assign(act: Numbered & { readonly to: string }): Promise<void>;
  unassign(act: Numbered & { readonly to: string }): Promise<void>;
  /** `to` = `owner/name`; answers with its number there. */
  transferIssue(act: Numbered & { readonly to: string }): Promise<{ number: number }>;
  /** As on GitHub, the issues that carry the label are told nothing. */
  renameLabel(act: By & { readonly label: string; readonly name: string }): Promise<void>;
  deleteLabel(act: By & { readonly label: string }): Promise<void>;
  review(act: Numbered & { readonly verdict: "approved" | "changes_requested" | "commented" }): Promise<{ id: number }>;
  dismissReview(act: By & { readonly id: number }): Promise<void>;

  comment(act: By & { readonly issue: number; readonly body: string }): Promise<{ id: number }>;
  editComment(act: By & { readonly id: number; readonly body: string }): Promise<void>;
  deleteComment(act: By & { readonly id: number }): Promise<void>;

  /** A run of a workflow from request to end. `attempt` above 1 runs the newest run of that file and commit again. */
  runWorkflow(act: {
    readonly name: string;
    readonly file: string;
    readonly branch: string;
    readonly conclusion: string;
    readonly by?: string;
    readonly event?: string;
    readonly attempt?: number;
    readonly sha?: string;
    readonly fork?: boolean;
  }): Promise<void>;
  /** A branch or commit is deployed to an environment; `state` as GitHub names it, "success" when absent. */
  deploy(act: By & { readonly ref: string; readonly environment: string; readonly state?: string }): Promise<void>;
  /** "Re-run" on a check run of the app. */
  rerequestCheck(act: By & { readonly id: number }): Promise<void>;
  /** "Re-run all" on the app's checks of a commit. */
  rerequestSuite(act: By & { readonly sha: string }): Promise<void>;
  /** A button of the app's check run is pressed. */
  requestAction(act: By & { readonly id: number; readonly action: string }): Promise<void>;

  rename(act: { readonly name: string; readonly by?: string }): Promise<void>;

  readonly issues: readonly IssueView[];
  readonly pulls: readonly PullView[];
  comments(issue: number): readonly CommentView[];
  /** The app's check runs, oldest first; of one commit when `sha` is given. */
  checks(sha?: string): readonly CheckView[];
  reactions(comment: number): readonly { readonly content: string; readonly by: string }[];
  /** A file's text as it stands on a branch, null where there is none. */
  file(branch: string, path: string): string | null;
};

export type IssueView = {
  readonly number: number;
  readonly title: string;
  readonly body: string;
  readonly state: "open" | "closed";
  readonly reason: string | null;
  readonly labels: readonly string[];
  readonly by: string;
  readonly byApp: boolean;
};

export type PullView = IssueView & {
  readonly head: string;
  readonly headSha: string;
  readonly base: string;
  readonly draft: boolean;
  readonly merged: boolean;
  readonly mergeSha: string | null;
};

export type CommentView = {
  readonly id: number;
  readonly body: string;
  readonly by: string;
  readonly byApp: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type CheckView = {
  readonly id: number;
  readonly name: string;
  readonly headSha: string;
  readonly externalId: string;
  readonly status: string;
  readonly conclusion: string | null;
  readonly title: string;
  readonly summary: string;
  readonly text: string;
  readonly annotations: readonly {
    readonly path: string;
    readonly line: number;
    readonly level: string;
    readonly title: string;
    readonly message: string;
  }[];
};
