import type { ReactNode } from "react";
import { PageHeader } from "@/app/_components/page-header";
import { Tabs } from "@/app/_components/tabs";

const TABS = [
  { label: "Incidents", href: "/incidents" },
  { label: "Action items", href: "/incidents/actions" },
  { label: "Figures", href: "/incidents/figures" },
] as const;

interface IncidentTabsProps {
  current: (typeof TABS)[number]["href"];
  title: string;
  description: string;
  actions?: ReactNode;
}

/** The head of each part of incidents: what it is, and the way to the others. */
export function IncidentTabs({ current, title, description, actions }: IncidentTabsProps) {
  return (
    <>
      <PageHeader title={title} description={description} actions={actions} />
      <Tabs label="Incidents" tabs={TABS} current={current} />
    </>
  );
}
