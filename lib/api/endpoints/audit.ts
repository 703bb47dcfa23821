import { z } from "zod";
import { readAuditHead } from "@/lib/access/audit-chain/head-file";
import { verifyAudit } from "@/lib/access/audit-chain/verify-audit";
import { listAudit, listAuditInput } from "@/lib/access/list-audit";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const tag = "Audit trail";
const changed = z.record(z.string(), z.unknown()).nullable();

export const audit = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/audit",
    scope: "admin",
    tag,
    summary: "List who changed what",
    query: listAuditInput,
    response: list(
      z.object({
        id: z.string(),
        at: time,
        actorKind: z.string().meta({ description: "`user`, `token` or `system`" }),
        actorId: z.string().nullable(),
        actorName: z.string(),
        action: z.string().meta({ description: "`check.update`" }),
        subjectType: z.string(),
        subjectId: z.string().nullable(),
        before: changed,
        after: changed,
        address: z.string().nullable(),
      }),
    ),
    handle: (context, { query }) => listAudit(context, query),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/audit/verification",
    scope: "admin",
    tag,
    summary: "Look whether anybody has changed the audit trail",
    description:
      "Makes the hash of every entry again, and compares the trail's end with the one that the data folder keeps outside the database.",
    response: z.object({
      entries: z.int().meta({ description: "So many, from the first, are as they were written" }),
      head: z
        .object({ position: z.int(), hash: z.string() })
        .nullable()
        .meta({ description: "The last link: keep it elsewhere, and `npm run audit:verify -- --head` finds more" }),
      fault: z
        .object({ entryId: z.string().nullable(), position: z.int().nullable(), message: z.string() })
        .nullable()
        .meta({ description: "The first thing that is wrong" }),
    }),
    handle: async (context) => {
      const kept = await readAuditHead(context.env.DATA_DIR);
      return verifyAudit(context, kept && { kept });
    },
  }),
];
