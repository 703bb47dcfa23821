import { PageHeader } from "@/app/_components/page-header";
import { Tabs } from "@/app/_components/tabs";

const TABS = [
  { label: "Errors", href: "/errors" },
  { label: "Projects", href: "/errors/projects" },
] as const;

interface ErrorTabsProps {
  current: (typeof TABS)[number]["href"];
  title: string;
  description: string;
  actions?: React.ReactNode;
}

/** The head of each part of error tracking, and the way to the other. */
export function ErrorTabs({ current, title, description, actions }: ErrorTabsProps) {
  return (
    <>
      <PageHeader title={title} description={description} actions={actions} />
      <Tabs label="Error tracking" tabs={TABS} current={current} />
    </>
  );
}
