import { PageHeader } from "@/app/_components/page-header";
import { Tabs } from "@/app/_components/tabs";

const TABS = [
  { label: "Alerts", href: "/alerts" },
  { label: "Rules", href: "/alerts/rules" },
  { label: "Channels", href: "/alerts/channels" },
  { label: "Silences", href: "/alerts/silences" },
  { label: "Maintenance", href: "/alerts/maintenance" },
] as const;

export type AlertTab = (typeof TABS)[number]["href"];

interface AlertTabsProps {
  current: AlertTab;
  title: string;
  description: string;
  actions?: React.ReactNode;
}

/** The head of each part of alerting: what it is, and the way to the others. */
export function AlertTabs({ current, title, description, actions }: AlertTabsProps) {
  return (
    <>
      <PageHeader title={title} description={description} actions={actions} />
      <Tabs label="Alerting" tabs={TABS} current={current} />
    </>
  );
}
