import { SearchX } from "lucide-react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader title="There is no such error" />
      <EmptyState
        icon={SearchX}
        title="It was merged into another, or the address is not quite right"
        action={<ButtonLink href="/errors">All errors</ButtonLink>}
      >
        Events are kept as long as other history, then they go; the error itself stays.
      </EmptyState>
    </>
  );
}
