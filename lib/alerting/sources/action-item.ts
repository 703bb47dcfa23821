import { z } from "zod";
import { incidentName } from "@/lib/incidents/incident";
import { defineSource, type Reading } from "../define-source";
import { isWorse, type Severity } from "../severity";

const config = z.strictObject({
  warnAfterDays: z
    .int("must be a whole number")
    .min(0, "must not be negative")
    .max(365, "must be at most 365")
    .default(7)
    .meta({ title: "Warns after", description: "Days over its date from which on it is a warning." }),
});

interface ActionRow {
  id: string;
  title: string;
  incident: number;
  dueOn: string;
  owner: string | null;
  doneBy: string | null;
  isDone: boolean;
}

/** Those that were done stay for two days, so that their alert ends with who did it. */
const READ = `
  SELECT a.id, a.title, i.number AS incident, a.due_on::text AS "dueOn", coalesce(nullif(u.name, ''), u.email) AS owner,
    a.done_by AS "doneBy", a.done_at IS NOT NULL AS "isDone"
  FROM incident_actions a JOIN incidents i ON i.id = a.incident_id LEFT JOIN users u ON u.id = a.owner_id
  WHERE a.due_on IS NOT NULL AND (a.done_at IS NULL AND a.due_on < $1::date OR a.done_at > $2::timestamptz)
  ORDER BY a.due_on, a.id LIMIT 1000`;

const DAY_MS = 86_400_000;

/** What an action item means for a rule on a day (UTC). Pure. */
export function judgeAction(
  { warnAfterDays }: z.output<typeof config>,
  severity: Severity,
  { id, title, incident, dueOn, owner, doneBy, isDone }: ActionRow,
  today: string,
): Reading {
  const days = (Date.parse(today) - Date.parse(dueOn)) / DAY_MS;
  const who = owner === null ? "nobody has it" : `owner ${owner}`;
  const isLong = days > warnAfterDays && isWorse("warning", severity);
  return {
    key: id,
    subject: `${title} (${incidentName(incident)}), due ${dueOn}, ${who}`,
    labels: { incident: incidentName(incident), ...(owner !== null && { owner }) },
    holds: !isDone && days > 0,
    value: days,
    threshold: 0,
    unit: "days",
    severity: isLong ? "warning" : severity,
    summary: isDone
      ? `${title} is done${doneBy ? ` by ${doneBy}` : ""}.`
      : `${title} was due on ${dueOn}, ${days} ${days === 1 ? "day" : "days"} ago; ${who}.`,
  };
}

export const actionItem = defineSource({
  label: "Action item",
  description: "What was to be done after an incident is past its date; each is an alert of its own.",
  config,
  example: { warnAfterDays: 7 },
  isReminder: true,
  read: async (rules, { sql, now }) => {
    const today = now().toISOString().slice(0, 10);
    const { rows } = await sql.query<ActionRow>({
      name: "alerting-action-items",
      text: READ,
      values: [today, new Date(now().getTime() - 2 * DAY_MS)],
    });
    return new Map(
      rules.map(({ id, severity, config: options }) => [
        id,
        rows.map((row) => judgeAction(options, severity, row, today)),
      ]),
    );
  },
});
