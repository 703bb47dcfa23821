import { UserRound } from "lucide-react";
import Link from "next/link";
import { SignOutButton } from "./sign-out-button";

const ROW = "flex h-8 w-full cursor-pointer items-center rounded-md px-2.5 text-left text-sm text-ink hover:bg-sunken";

/** Who is signed in, and the way out. The browser's own popover: closes on Escape and on a click elsewhere, without a script. */
export function AccountMenu({ name, role }: { name: string; role: string }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label={`Account of ${name}`}
        className="grid size-9 cursor-pointer place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
      >
        <UserRound aria-hidden size={16} />
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="fixed inset-auto top-14 right-4 m-0 w-56 rounded-lg border border-line-strong bg-surface p-1.5 text-ink"
      >
        <div className="mb-1.5 border-b border-line px-2.5 pt-1 pb-2">
          <p className="truncate text-sm font-medium">{name}</p>
          <p className="text-xs text-muted capitalize">{role}</p>
        </div>
        <Link href="/settings/account" className={ROW}>
          Account
        </Link>
        <SignOutButton className={ROW} />
      </div>
    </>
  );
}
