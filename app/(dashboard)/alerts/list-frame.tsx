import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import { type AlertTab, AlertTabs } from "./alert-tabs";

interface ListFrameProps {
  current: AlertTab;
  title: string;
  description: string;
  /** The button that makes another one, for those who may. */
  make: string;
  mayEdit: boolean;
  /** What is said while there is none. */
  empty: { icon: LucideIcon; title: string; text: string };
  count: number;
  children: ReactNode;
}

/** A part of alerting that lists what people made: its head, the button for another one, and the list or what will be there. */
export function ListFrame({ current, title, description, make, mayEdit, empty, count, children }: ListFrameProps) {
  const button = mayEdit ? (
    <ButtonLink href={`${current}/new`} look="primary">
      {make}
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <AlertTabs current={current} title={title} description={description} actions={count > 0 ? button : undefined} />
      {count > 0 ? (
        children
      ) : (
        <EmptyState icon={empty.icon} title={empty.title} action={button}>
          {empty.text}
        </EmptyState>
      )}
    </>
  );
}

/** Cards beside each other where there is room. @param label names the list for screen readers */
export function CardGrid({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul aria-label={label} className="grid gap-3 lg:grid-cols-2">
      {children}
    </ul>
  );
}

/** One card of the grid. */
export function GridCard({ children }: { children: ReactNode }) {
  return <li className="min-w-0 rounded-lg border border-line bg-surface p-4">{children}</li>;
}
