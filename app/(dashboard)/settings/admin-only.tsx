import type { ReactNode } from "react";
import { Banner } from "@/app/_components/banner";
import { requireActor } from "@/app/_dal/session";

/** Tells others, in words, why there is nothing for them here. Comfort: what is inside asks beside the data once more. */
export async function AdminOnly({ children }: { children: ReactNode }) {
  const actor = await requireActor();
  if (actor.role === "admin") return children;
  return (
    <Banner tone="neutral">
      This page needs the role admin; yours is {actor.role}. An admin can change that under Users.
    </Banner>
  );
}
