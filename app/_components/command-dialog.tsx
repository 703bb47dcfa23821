"use client";

import { Command } from "cmdk";
import {
  Activity,
  BellOff,
  CalendarClock,
  KeyRound,
  Plus,
  Scale,
  ScrollText,
  Send,
  Siren,
  Users,
  UserRound,
  type LucideIcon,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { findChecks } from "./found-checks";
import { findIncidents } from "./found-incidents";
import { NAVIGATION } from "./navigation";
import { useFound } from "./use-found";

interface CommandDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  mayEdit: boolean;
  mayDeclare: boolean;
}

const GROUP =
  "p-1.5 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:text-muted";

const MORE_PAGES: readonly { label: string; href: string; icon: LucideIcon }[] = [
  { label: "Alert rules", href: "/alerts/rules", icon: Scale },
  { label: "Alert channels", href: "/alerts/channels", icon: Send },
  { label: "Silences", href: "/alerts/silences", icon: BellOff },
  { label: "Maintenance windows", href: "/alerts/maintenance", icon: CalendarClock },
  { label: "Users", href: "/settings/users", icon: Users },
  { label: "API tokens", href: "/settings/tokens", icon: KeyRound },
  { label: "Audit trail", href: "/settings/audit", icon: ScrollText },
  { label: "Account", href: "/settings/account", icon: UserRound },
];

const ACTIONS = [
  { label: "Declare incident", href: "/incidents/new", icon: Siren, needs: "mayDeclare" },
  { label: "New check", href: "/checks/new", icon: Plus, needs: "mayEdit" },
] as const;

/** The search itself: pages and actions are filtered here, checks and incidents by the server. */
export function CommandDialog({ open, onOpenChange, ...rights }: CommandDialogProps) {
  const [query, setQuery] = useState("");
  const checks = useFound(findChecks, query, open);
  const incidents = useFound(findIncidents, query, open);
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => (open ? dialog.current?.showModal() : dialog.current?.close()), [open]);
  const go = (href: string) => {
    onOpenChange(false);
    setQuery("");
    router.push(href);
  };
  const fits = (label: string) => label.toLowerCase().includes(query.trim().toLowerCase());
  return (
    <dialog
      ref={dialog}
      aria-label="Search"
      onClose={() => onOpenChange(false)}
      onClick={(event) => event.target === event.currentTarget && onOpenChange(false)}
      className="appear mx-auto mt-[12vh] w-[calc(100vw-2rem)] max-w-xl overflow-hidden rounded-lg border border-line-strong bg-surface p-0 text-ink backdrop:bg-ink/30 dark:backdrop:bg-canvas/80"
    >
      <Command label="Search" shouldFilter={false} loop>
        <Command.Input
          value={query}
          onValueChange={setQuery}
          placeholder="Search checks, incidents, pages and actions"
          className="h-12 w-full border-b border-line bg-transparent px-4 text-sm outline-none placeholder:text-muted"
        />
        <Command.List className="max-h-[50vh] overflow-y-auto">
          <Command.Empty className="px-4 py-8 text-center text-sm text-muted">
            Nothing is called “{query}”.
          </Command.Empty>
          {checks.length > 0 ? (
            <Command.Group heading="Checks" className={GROUP}>
              {checks.map(({ id, label }) => (
                <Item key={id} value={`check ${id}`} icon={Activity} onSelect={() => go(`/checks/${id}`)}>
                  {label}
                </Item>
              ))}
            </Command.Group>
          ) : null}
          {incidents.length > 0 ? (
            <Command.Group heading="Incidents" className={GROUP}>
              {incidents.map(({ number, title }) => (
                <Item
                  key={number}
                  value={`incident ${number}`}
                  icon={Siren}
                  onSelect={() => go(`/incidents/${number}`)}
                >
                  INC-{number} {title}
                </Item>
              ))}
            </Command.Group>
          ) : null}
          <Choices
            heading="Pages"
            choices={[...NAVIGATION, ...MORE_PAGES].filter(({ label }) => fits(label))}
            go={go}
          />
          <Choices
            heading="Actions"
            choices={ACTIONS.filter(({ label, needs }) => rights[needs] && fits(label))}
            go={go}
          />
        </Command.List>
      </Command>
    </dialog>
  );
}

function Choices({
  heading,
  choices,
  go,
}: {
  heading: string;
  choices: readonly { label: string; href: string; icon: LucideIcon }[];
  go: (href: string) => void;
}) {
  if (choices.length === 0) return null;
  return (
    <Command.Group heading={heading} className={GROUP}>
      {choices.map(({ label, href, icon }) => (
        <Item key={href} value={href} icon={icon} onSelect={() => go(href)}>
          {label}
        </Item>
      ))}
    </Command.Group>
  );
}

function Item({
  value,
  icon: Icon,
  onSelect,
  children,
}: {
  value: string;
  icon: LucideIcon;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-sm text-ink data-[selected=true]:bg-sunken"
    >
      <Icon aria-hidden size={16} className="shrink-0 text-muted" />
      <span className="truncate">{children}</span>
    </Command.Item>
  );
}
