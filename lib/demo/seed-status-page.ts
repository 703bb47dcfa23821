import type { Context } from "@/lib/core/context";
import { notifyIncidents } from "@/lib/incidents/notify-incidents";
import { lockComponents } from "@/lib/status-page/lock-components";
import { demoId } from "./demo-id";

/** What the public reads of the demo's checks, from top to bottom. */
const COMPONENTS = [
  { group: "Shop", label: "Website", checks: ["demo-website", "demo-cdn"], showResponseTime: true },
  { group: "Shop", label: "Search", checks: ["demo-search-api"], showResponseTime: false },
  { group: "Shop", label: "Checkout", checks: ["demo-checkout"], showResponseTime: true },
  { group: "Payments", label: "Payments API", checks: ["demo-payments-api"], showResponseTime: true },
  { group: "Payments", label: "Webhooks", checks: ["demo-webhooks"], showResponseTime: false },
  { group: "Accounts", label: "Sign-in", checks: ["demo-auth"], showResponseTime: false },
  { group: "Accounts", label: "Mail", checks: ["demo-mail"], showResponseTime: false },
  { group: "Partners", label: "Reports", checks: ["demo-warehouse", "demo-reports"], showResponseTime: false },
] as const;

/** Puts the demo's components at the end of the status page, in the place of those of an earlier demo. @returns how many */
export async function seedStatusPage({ db }: Context, now: Date): Promise<number> {
  const ids = COMPONENTS.map(({ label }) => demoId("component", label));
  await db.$transaction(async (tx) => {
    await tx.statusComponent.deleteMany({ where: { id: { in: ids } } });
    const others = await lockComponents(tx);
    const last = Math.max(-1, ...others.map(({ position }) => position));
    for (const [index, { group, label, checks, showResponseTime }] of COMPONENTS.entries())
      await tx.statusComponent.create({
        data: {
          id: demoId("component", label),
          label,
          groupName: group,
          position: last + 1 + index,
          showResponseTime,
          createdAt: now,
          updatedAt: now,
          checks: { create: checks.map((key) => ({ checkId: demoId("check", key) })) },
        },
      });
    await notifyIncidents(tx);
  });
  return COMPONENTS.length;
}
