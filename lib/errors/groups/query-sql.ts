import type { Term } from "./parse-query";

/** Values of a statement; each is named by its place. */
export interface Params {
  values: unknown[];
  /** @returns `$3` */
  add: (value: unknown) => string;
}

export function createParams(): Params {
  const values: unknown[] = [];
  return {
    values,
    add: (value) => {
      values.push(value);
      return `$${values.length}`;
    },
  };
}

interface Asker {
  /** Of who searches: what `assigned:me` is. */
  userId: string | null;
}

/** A term of the search as a condition on `error_groups g`. Values go by parameters alone. */
export function toCondition(term: Term, params: Params, asker: Asker): string {
  const condition = CONDITIONS[term.kind](term, params, asker);
  return term.not ? `NOT (${condition})` : condition;
}

const IS: Record<string, string> = {
  open: "g.status = 'open'",
  unresolved: "g.status = 'open'",
  resolved: "g.status = 'resolved'",
  ignored: "g.status = 'ignored'",
  regressed: "g.regressed_at IS NOT NULL AND g.status = 'open'",
  assigned: "g.assignee_id IS NOT NULL",
  unassigned: "g.assignee_id IS NULL",
  linked: "g.incident_id IS NOT NULL",
};

const CONDITIONS: Record<Term["kind"], (term: Term, params: Params, asker: Asker) => string> = {
  is: ({ value }) => IS[value] ?? "false",
  level: ({ value }, params) => `g.level = ${params.add(value)}::error_level`,
  project: ({ value }, params) =>
    `g.project_id IN (SELECT id FROM projects WHERE lower(name) = lower(${params.add(value)}) OR id::text = ${params.add(value)})`,
  assigned: ({ value }, params, { userId }) => {
    if (value === "none") return "g.assignee_id IS NULL";
    if (value === "me") return userId === null ? "false" : `g.assignee_id = ${params.add(userId)}::uuid`;
    const who = params.add(value.toLowerCase());
    return `g.assignee_id IN (SELECT id FROM users WHERE lower(email) = ${who} OR lower(name) = ${who})`;
  },
  user: ({ name, value }, params) => {
    if (name === "id") return userHas(match("u.user_key", `id:${value}`, params));
    const column = { email: "u.email", username: "u.username", ip: "u.ip_address" }[name] ?? "u.user_key";
    return userHas(match(column, value, params));
  },
  release: ({ value }, params) =>
    `(${match("g.first_release", value, params)} OR ${match("g.last_release", value, params)} OR ${tagHas("release", value, params)})`,
  tag: ({ name, value }, params) => tagHas(name, value, params),
  has: ({ name }, params) =>
    name === "user"
      ? userHas("true")
      : `EXISTS (SELECT FROM error_group_tags t WHERE t.group_id = g.id AND t.key = ${params.add(name)})`,
  count: ({ name, value }, params) => {
    const [, operator = "", digits = "0"] = /^([<>]?=?)(\d+)$/.exec(value) ?? [];
    const column = name === "users" ? "g.user_count" : "g.event_count";
    return `${column} ${operator === "" ? "=" : operator} ${params.add(digits)}::bigint`;
  },
  // A word is looked for as it is written, also within others: what breaks has names like "cart.addItem".
  words: ({ value }, params) =>
    `(g.type || ' ' || g.value || ' ' || g.culprit) ILIKE ${params.add(`%${escapeLike(value).replaceAll("*", "%")}%`)}`,
};

const userHas = (condition: string): string =>
  `EXISTS (SELECT FROM error_group_users u WHERE u.group_id = g.id AND ${condition})`;

const tagHas = (key: string, value: string, params: Params): string =>
  `EXISTS (SELECT FROM error_group_tags t WHERE t.group_id = g.id AND t.key = ${params.add(key)} AND ${match("t.value", value, params)})`;

/** `*` stands for anything; without one the value is the whole. */
function match(column: string, value: string, params: Params): string {
  if (!value.includes("*")) return `${column} = ${params.add(value)}`;
  return `${column} ILIKE ${params.add(escapeLike(value).replaceAll("*", "%"))}`;
}

export const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, "\\$&");
