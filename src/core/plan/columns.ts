/** What a column, or a `Key: value` line, tells of a task. `number` is a column headed `#`; `detail` a title only where nothing else is. */
export type Field =
  | "id"
  | "number"
  | "title"
  | "detail"
  | "status"
  | "owner"
  | "priority"
  | "rank"
  | "dependencies"
  | "parent"
  | "hours"
  | "days"
  | "start"
  | "due"
  | "completed"
  | "phase"
  | "milestone"
  | "risk"
  | "impact"
  | "likelihood"
  | "mitigation"
  | "notes";

/** Which column holds which field. Where two columns could hold one field, the name listed first below wins. */
export type Columns = ReadonlyMap<Field, number>;

export function columnsOf(headers: readonly string[]): Columns {
  const columns = new Map<Field, { readonly index: number; readonly rank: number }>();
  headers.slice(0, mostColumns).forEach((header, index) => {
    const named = nameOf(header);
    const held = named === undefined ? undefined : columns.get(named.field);
    if (named !== undefined && (held === undefined || named.rank < held.rank)) columns.set(named.field, { index, rank: named.rank });
  });
  return new Map([...columns].map(([field, { index }]) => [field, index]));
}

/** No more columns of a table are looked at. */
export const mostColumns = 500;

/** The field a heading names, case, spaces and underscores aside; what stands in brackets counts only if it is needed (`Owner (R/A)`). */
export const fieldOf = (header: string): Field | undefined => nameOf(header)?.field;

/** A heading that says outright that its column holds tasks. */
export const saysTask = (header: string): boolean => /task|story|todo|action|deliverable|ticket/.test(bare(header));

type Name = { readonly field: Field; readonly rank: number };

function nameOf(header: string): Name | undefined {
  const short = header.slice(0, 80);
  return byName.get(bare(short)) ?? byName.get(bare(short.replace(/\([^()]*\)/g, "")));
}

const bare = (header: string): string => header.toLowerCase().replace(/[^\p{L}\p{N}#№]+/gu, "");

const names: Readonly<Record<Field, string>> = {
  id: "id taskid idtask ticketid storyid itemid issueid epicid featureid workitemid taskkey issuekey ticket identifier taskcode",
  number: "# № no nr num number tasknumber taskno",
  title: "task tasktitle title taskname name summary story userstory todo action deliverable item feature subject workitem",
  detail: "description taskdescription desc details what",
  status: "status state taskstatus currentstatus",
  owner: "owner owners taskowner assignee assignees assignedto responsible lead agent who team dri",
  priority: "priority prio taskpriority importance urgency",
  rank: "priorityrank rank",
  dependencies:
    "dependencies dependency dependson depends deps blockedby waitingon prerequisites prereqs prerequisite predecessors requires",
  parent: "parent parentid parenttask parenttaskid parentkey parentissue parentstory partof",
  hours: "estimatedhours estimate estimatehours estimateh hours effort est esthours effortestimate",
  days: "estimateddays estimatedays days effortdays estdays",
  start: "start startdate startedat started startdateplanned begin",
  due: "due duedate target targetdate deadline end enddate finish eta",
  completed: "completiondate completed completedat completedon completeddate doneat donedate donedon finishedat closedat dateCompleted",
  phase: "phase stage",
  milestone: "milestone milestones",
  risk: "risk risks",
  impact: "impact severity",
  likelihood: "likelihood probability",
  mitigation: "mitigation mitigations response",
  notes: "notes note comments comment remarks remark",
};

const byName = new Map<string, Name>();
for (const [field, list] of Object.entries(names)) {
  list.split(" ").forEach((name, rank) => {
    if (isField(field)) byName.set(name.toLowerCase(), { field, rank });
  });
}

function isField(text: string): text is Field {
  return Object.hasOwn(names, text);
}
