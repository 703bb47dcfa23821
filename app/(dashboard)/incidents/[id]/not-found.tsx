import { SearchX } from "lucide-react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader title="There is no such incident" />
      <EmptyState
        icon={SearchX}
        title="It was deleted, or the address is not quite right"
        action={<ButtonLink href="/incidents?status=all">All incidents</ButtonLink>}
      >
        Incidents are kept until an admin deletes one that was declared by mistake.
      </EmptyState>
    </>
  );
}
