import { keepAuditHead } from "@/lib/access/audit-chain/head-file";
import type { Task } from "../define-task";

/** Keeps the end of the audit trail outside the database, where who has only the database can't change it. */
export const auditHead: Task = ({ sql, env }) => keepAuditHead(sql, env.DATA_DIR);
