import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { type Page, decodeCursor, page, toPage } from "@/lib/core/cursor";
import { parseInput } from "@/lib/core/parse";
import type { Prisma } from "@/lib/db/generated/client";
import { type Alert, toAlert } from "./alert";
import { SEVERITIES } from "./severity";

export const ALERT_FILTERS = ["open", "firing", "suppressed", "pending", "resolved", "all"] as const;

export const listAlertsInput = z.strictObject({
  show: z
    .enum(ALERT_FILTERS, `must be one of ${ALERT_FILTERS.join(", ")}`)
    .default("open")
    .meta({
      description: "`open` is what is not resolved; `firing` is what somebody is told of, `suppressed` what nobody is.",
    }),
  severity: z.enum(SEVERITIES).optional(),
  rule: z.string().max(100).optional().meta({ description: "The key of a rule." }),
  check: z.uuid().optional().meta({ description: "The id of a check." }),
  query: z.string().trim().max(200).optional().meta({ description: "Words of the subject or the summary." }),
  ...page,
});

const keys = z.tuple([z.coerce.date(), z.uuid()]);

/** Never told of and gone again before it fired: no alert to anybody. */
const FIRED = { firingSince: { not: null } } as const satisfies Prisma.AlertWhereInput;

const SHOWN: Record<(typeof ALERT_FILTERS)[number], Prisma.AlertWhereInput> = {
  open: { state: { not: "resolved" } },
  firing: { state: "firing", suppressedReason: null },
  suppressed: { state: "firing", suppressedReason: { not: null } },
  pending: { state: "pending" },
  resolved: { state: "resolved", ...FIRED },
  all: { OR: [{ state: { not: "resolved" } }, FIRED] },
};

/** Alerts, the latest first. @throws Problem forbidden, invalid */
export async function listAlerts(context: Context, input: z.input<typeof listAlertsInput> = {}): Promise<Page<Alert>> {
  authorize(context.actor, "read");
  const { show, severity, rule, check, query, limit, cursor } = parseInput(listAlertsInput, input, "The query");
  const [at, id] = cursor === undefined ? [] : decodeCursor(keys, cursor);
  const rows = await context.db.alert.findMany({
    where: {
      AND: [
        SHOWN[show],
        severity ? { severity } : {},
        rule ? { ruleKey: rule } : {},
        check ? { checkId: check } : {},
        query
          ? {
              OR: [
                { subject: { contains: query, mode: "insensitive" } },
                { summary: { contains: query, mode: "insensitive" } },
              ],
            }
          : {},
        at === undefined ? {} : { OR: [{ pendingSince: { lt: at } }, { pendingSince: at, id: { lt: id } }] },
      ],
    },
    orderBy: [{ pendingSince: "desc" }, { id: "desc" }],
    take: limit + 1,
  });
  return toPage(rows.map(toAlert), limit, (row) => [row.pendingSince.toISOString(), row.id]);
}

/** How far back resolved alerts are counted. */
export const RESOLVED_DAYS = 7;

/** How many alerts there are of each kind that the list shows. */
export interface AlertCounts {
  firing: number;
  suppressed: number;
  pending: number;
  acknowledged: number;
  /** Of the last RESOLVED_DAYS. */
  resolved: number;
}

/** @throws Problem forbidden */
export async function countAlerts(context: Context): Promise<AlertCounts> {
  authorize(context.actor, "read");
  const { rows } = await context.sql.query<AlertCounts>({
    name: "count-alerts",
    text: `SELECT count(*) FILTER (WHERE state = 'firing' AND suppressed_reason IS NULL)::int AS firing,
      count(*) FILTER (WHERE state = 'firing' AND suppressed_reason IS NOT NULL)::int AS suppressed,
      count(*) FILTER (WHERE state = 'pending')::int AS pending,
      count(*) FILTER (WHERE acknowledged_at IS NOT NULL)::int AS acknowledged,
      (SELECT count(*)::int FROM alerts WHERE resolved_at > $1 AND firing_since IS NOT NULL) AS resolved
      FROM alerts WHERE open_fingerprint IS NOT NULL`,
    values: [new Date(context.now().getTime() - RESOLVED_DAYS * 86_400_000)],
  });
  return rows[0] ?? { firing: 0, suppressed: 0, pending: 0, acknowledged: 0, resolved: 0 };
}
