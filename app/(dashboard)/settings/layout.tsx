import { type ReactNode, Suspense } from "react";
import { PageHeader } from "@/app/_components/page-header";
import { findActor } from "@/app/_dal/session";
import { SettingsTabs } from "./settings-tabs";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <PageHeader title="Settings" />
      <Suspense fallback={<div className="mb-6 h-9 border-b border-line" />}>
        <TabsOfActor />
      </Suspense>
      {children}
    </>
  );
}

/** What only admins may see is not offered to others; it is refused to them too, beside the data. */
async function TabsOfActor() {
  const actor = await findActor();
  return <SettingsTabs admin={actor?.role === "admin"} />;
}
