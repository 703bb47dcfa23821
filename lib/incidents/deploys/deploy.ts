import type { Deploy as DeployRow } from "@/lib/db/generated/client";

/** A release of something, as it is shown. */
export type Deploy = Omit<DeployRow, "createdAt">;

export const DEPLOY_FIELDS = {
  id: true,
  at: true,
  service: true,
  version: true,
  environment: true,
  description: true,
  url: true,
  createdBy: true,
} as const;
