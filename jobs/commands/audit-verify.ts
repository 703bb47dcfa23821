import { readAuditHead } from "@/lib/access/audit-chain/head-file";
import { verifyAudit } from "@/lib/access/audit-chain/verify-audit";
import { defineCommand, UsageError } from "./define-command";

const HEAD = /^([1-9]\d{0,15}):([0-9a-f]{64})$/;

export const auditVerify = defineCommand({
  summary:
    "Looks whether anybody has changed, deleted, put in or moved an entry of the audit trail. Ends with 1 where somebody has.",
  usage: "[--head POSITION:HASH]   (one that an earlier run printed; else the one in the data folder)",
  options: { head: { type: "string" } },
  failureCode: 2,
  run: async ({ context, print, note }, { head }) => {
    const [, position, hash] = HEAD.exec(head ?? "") ?? [];
    if (head !== undefined && hash === undefined)
      throw new UsageError(`--head must be a position and a hash, as in 12:9f86d0…; this was ${JSON.stringify(head)}.`);
    const given = hash === undefined ? undefined : { position: Number(position), hash };
    const kept = given ?? (await readAuditHead(context.env.DATA_DIR));
    const { entries, head: last, fault } = await verifyAudit(context, kept && { kept });
    if (fault) {
      note(`${fault.message} The ${entries} entries before it are as they were written.`);
      return 1;
    }
    if (!kept) note("No earlier end of the trail is known: that none was cut off can't be told.");
    print(
      `${entries} entries are as they were written${last ? `; the last link is ${last.position}:${last.hash}` : ""}.`,
    );
    return 0;
  },
});
