import { Siren } from "lucide-react";
import type { ReactNode } from "react";
import { AccountMenu } from "@/app/_components/account-menu";
import { ButtonLink } from "@/app/_components/button";
import { CommandMenu } from "@/app/_components/command-menu";
import { LiveRefresh } from "@/app/_components/live-refresh";
import { Logo } from "@/app/_components/logo";
import { NavLinks } from "@/app/_components/nav-links";
import { NavSheet } from "@/app/_components/nav-sheet";
import { RelativeTime } from "@/app/_components/relative-time";
import { StateTitle } from "@/app/_components/state-title";
import { TimeKeeper } from "@/app/_components/time-keeper";
import { TopLine } from "@/app/_components/top-line";
import { WorkerBanner } from "@/app/_components/worker-banner";
import { type FrameData, getFrame } from "@/app/_dal/frame";

/**
 * No static shell: what the frame says comes from memory within milliseconds, and a page that arrives in one piece is
 * there sooner than a skeleton that React replaces (it waits at least 300 ms between the two) and lays out again.
 */
export const instant = false;

/** The frame around every page. Protection stands in app/_dal, not here. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const frame = await getFrame();
  const { viewer, workerLastSeenAt } = frame;
  const attention = { checks: frame.failing, errors: frame.errors, alerts: frame.alerts, incidents: frame.incidents };
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14rem_minmax(0,1fr)] print:block">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-sm text-canvas focus:translate-y-0 print:hidden"
      >
        Skip to the content
      </a>
      <nav
        aria-label="Main"
        className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-canvas p-3 lg:flex print:hidden"
      >
        <div className="mb-3 flex h-9 items-center gap-2.5 px-2.5 text-sm font-semibold">
          <Logo /> Watchkeeper
        </div>
        <NavLinks attention={attention} />
      </nav>
      <div className="min-w-0">
        <TopLine
          menu={<NavSheet attention={attention} />}
          name={frame.installation}
          worker={
            workerLastSeenAt === null || frame.workerSilent ? (
              <span className="font-medium text-caution">Worker silent</span>
            ) : (
              <>
                Worker seen <RelativeTime at={workerLastSeenAt} className="inline-block min-w-16" />
              </>
            )
          }
          declare={
            viewer.mayDeclare ? (
              <ButtonLink
                href="/incidents/new"
                prefetch={false}
                small
                className="max-xl:w-9 max-xl:px-0 max-xl:[&_span]:sr-only"
              >
                <Siren aria-hidden size={16} />
                <span>Declare incident</span>
              </ButtonLink>
            ) : null
          }
          search={<CommandMenu mayEdit={viewer.mayEdit} mayDeclare={viewer.mayDeclare} />}
          account={<AccountMenu name={viewer.name} role={viewer.role} />}
        />
        <LiveRefresh />
        <TimeKeeper />
        <StateTitle prefix={frame.titlePrefix} icon={iconOf(frame)} />
        {frame.workerSilent ? (
          <div className="mx-auto max-w-[90rem] px-4 pt-4 sm:px-6 lg:px-8 print:hidden">
            <WorkerBanner lastSeenAt={workerLastSeenAt} now={frame.now} />
          </div>
        ) : null}
        <main
          id="main"
          tabIndex={-1}
          className="mx-auto max-w-[90rem] px-4 py-6 outline-none sm:px-6 lg:px-8 print:max-w-none print:p-0"
        >
          {children}
        </main>
      </div>
    </div>
  );
}

/** The tab's icon: its shape and colour say the state. */
function iconOf({ workerSilent, failing, degraded }: FrameData) {
  if (workerSilent) return "/icon-stale.svg";
  if (failing > 0) return "/icon-negative.svg";
  return degraded > 0 ? "/icon-caution.svg" : "/icon.svg";
}
