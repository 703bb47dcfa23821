"use client";

import { usePathname } from "next/navigation";
import { Tabs } from "@/app/_components/tabs";

const ACCOUNT = { label: "Account", href: "/settings/account" };
const STATUS_PAGE = { label: "Status page", href: "/settings/status-page" };
const ADMIN = [
  { label: "Users", href: "/settings/users" },
  { label: "API tokens", href: "/settings/tokens" },
  { label: "Audit trail", href: "/settings/audit" },
];

/** The parts of the settings; which one is shown is the address's second part. */
export function SettingsTabs({ admin }: { admin: boolean }) {
  const path = usePathname();
  const current = path.split("/").slice(0, 3).join("/");
  return (
    <Tabs label="Settings" tabs={admin ? [ACCOUNT, ...ADMIN, STATUS_PAGE] : [ACCOUNT, STATUS_PAGE]} current={current} />
  );
}
