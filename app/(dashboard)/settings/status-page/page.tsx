import { LayoutList, Plus } from "lucide-react";
import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { readStatusPage } from "@/app/_dal/status-page";
import { ComponentList } from "./component-list";
import { PageForm } from "./page-form";

export const metadata: Metadata = { title: "Status page" };

export default async function StatusPageSettings() {
  const { settings, components, mayEdit, isAdmin } = await readStatusPage();
  const add = mayEdit ? (
    <ButtonLink href="/settings/status-page/components/new" look="primary">
      <Plus aria-hidden size={16} />
      New component
    </ButtonLink>
  ) : undefined;
  return (
    <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
      {settings.enabled ? (
        <p className="text-sm text-muted">
          Everybody can read{" "}
          <a href="/status" target="_blank" rel="noopener" className="font-medium text-accent underline">
            the status page<span className="sr-only"> (in a new tab)</span>
          </a>
          . It shows the components below, public incidents, and maintenance that is announced; never a check’s own
          name.
        </p>
      ) : (
        <Banner tone="neutral">The status page is off: /status answers “not found”.</Banner>
      )}
      <section aria-label="Components" className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div className="flex flex-wrap items-center justify-between gap-4">
          <h2 className="text-base font-semibold text-ink">Components</h2>
          {components.length > 0 ? add : null}
        </div>
        {components.length === 0 ? (
          <EmptyState icon={LayoutList} title="No components yet" action={add}>
            Until then the page shows public incidents alone. A component is a part of your system in words that your
            visitors know, “Payments”; one or more checks say how it is.
          </EmptyState>
        ) : (
          <ComponentList components={components} mayEdit={mayEdit} />
        )}
      </section>
      <Card title="The page">
        {isAdmin ? (
          <PageForm settings={settings} />
        ) : (
          <p className="text-sm text-muted">
            “{settings.title}”. Its title, logo and colour are an admin’s to change, and whether it is there at all.
          </p>
        )}
      </Card>
    </div>
  );
}
