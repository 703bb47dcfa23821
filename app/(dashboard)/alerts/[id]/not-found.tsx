import { SearchX } from "lucide-react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { PageHeader } from "@/app/_components/page-header";

export default function NotFound() {
  return (
    <>
      <PageHeader title="There is no such alert" />
      <EmptyState
        icon={SearchX}
        title="It is long over, or the address is not quite right"
        action={<ButtonLink href="/alerts">All alerts</ButtonLink>}
      >
        Alerts that are over are kept as long as other history, then they go.
      </EmptyState>
    </>
  );
}
