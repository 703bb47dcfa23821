"use server";

import { readAuditHead } from "@/lib/access/audit-chain/head-file";
import { verifyAudit } from "@/lib/access/audit-chain/verify-audit";
import { Problem } from "@/lib/core/errors";
import { runAction } from "./action";
import type { FormState } from "./form-state";

/** Makes every link of the trail again; what is wrong is the form's error. */
export async function verifyAuditAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context) => {
    const kept = await readAuditHead(context.env.DATA_DIR);
    const { entries, fault } = await verifyAudit(context, kept && { kept });
    if (fault) throw new Problem("conflict", fault.message);
    const count = `${entries.toLocaleString("en")} ${entries === 1 ? "entry is" : "entries are"}`;
    return { message: `${count} as they were written.`, isRead: true };
  });
}
