import { SearchX } from "lucide-react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader title="There is no such check" />
      <EmptyState
        icon={SearchX}
        title="It was deleted, or the address is not quite right"
        action={<ButtonLink href="/checks">All checks</ButtonLink>}
      >
        A check that was taken out of monitoring.config.ts goes away with its history at the next start.
      </EmptyState>
    </>
  );
}
