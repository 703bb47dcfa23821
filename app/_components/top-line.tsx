import type { ReactNode } from "react";
import { Logo } from "./logo";
import { ThemeToggle } from "./theme-toggle";
import { TopRange } from "./top-range";

interface TopLineProps {
  /** The sheet's button on a narrow screen. */
  menu: ReactNode;
  /** The name of the installation. */
  name: ReactNode;
  worker: ReactNode;
  /** The button that declares an incident, for whoever may. */
  declare: ReactNode;
  search: ReactNode;
  account: ReactNode;
}

/** The line over every page: where one is, the time range, how fresh the worker is, the way to declare an incident, search, theme and account. */
export function TopLine({ menu, name, worker, declare, search, account }: TopLineProps) {
  return (
    <header className="sticky top-0 z-30 flex h-14 items-center gap-1 border-b border-line bg-canvas px-2 sm:gap-2 sm:px-4 lg:px-8 print:hidden">
      {menu}
      <span className="lg:hidden">
        <Logo />
      </span>
      <div className="min-w-0 truncate text-sm font-medium">{name}</div>
      <div className="ml-auto flex items-center gap-1 sm:gap-2">
        <div className="hidden text-xs text-muted md:block">{worker}</div>
        <div className="hidden md:block">
          <TopRange />
        </div>
        {declare}
        {search}
        <ThemeToggle />
        {account}
      </div>
    </header>
  );
}
