import { Suspense, type ReactNode } from "react";
import { AccountMenu } from "@/app/_components/account-menu";
import { CommandMenu } from "@/app/_components/command-menu";
import { LiveRefresh } from "@/app/_components/live-refresh";
import { Logo } from "@/app/_components/logo";
import { NavLinks, NavList } from "@/app/_components/nav-links";
import { NavSheet } from "@/app/_components/nav-sheet";
import { RelativeTime } from "@/app/_components/relative-time";
import { StateTitle } from "@/app/_components/state-title";
import { TopLine } from "@/app/_components/top-line";
import { WorkerBanner } from "@/app/_components/worker-banner";
import { getFrame } from "@/app/_dal/frame";

/** The frame: its shell is static, each part that knows the viewer or the state streams in. Protection stands in app/_dal, not here. */
export default function DashboardLayout({ children }: { children: ReactNode }) {
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-16 rounded-md bg-ink px-3 py-2 text-sm text-canvas focus:translate-y-0"
      >
        Skip to the content
      </a>
      <nav aria-label="Main" className="sticky top-0 hidden h-dvh flex-col border-r border-line bg-canvas p-3 lg:flex">
        <div className="mb-3 flex h-9 items-center gap-2.5 px-2.5 text-sm font-semibold">
          <Logo /> Watchkeeper
        </div>
        <Suspense fallback={<NavList />}>
          <Navigation />
        </Suspense>
      </nav>
      <div className="min-w-0">
        <TopLine
          menu={
            <Suspense fallback={<span className="size-9 lg:hidden" />}>
              <NavSheet>
                <Suspense fallback={<NavList />}>
                  <Navigation />
                </Suspense>
              </NavSheet>
            </Suspense>
          }
          name={
            <Suspense fallback={null}>
              <Installation />
            </Suspense>
          }
          worker={
            <Suspense fallback={null}>
              <WorkerSeen />
            </Suspense>
          }
          search={
            <Suspense fallback={<span className="h-9 w-9 sm:w-40" />}>
              <Commands />
            </Suspense>
          }
          account={
            <Suspense fallback={<span className="size-9" />}>
              <Account />
            </Suspense>
          }
        />
        <Suspense fallback={null}>
          <State />
        </Suspense>
        <main id="main" tabIndex={-1} className="mx-auto max-w-[90rem] px-4 py-6 outline-none sm:px-6 lg:px-8">
          {children}
        </main>
      </div>
    </div>
  );
}

async function Navigation() {
  const { failing } = await getFrame();
  return <NavLinks attention={{ checks: failing }} />;
}

async function Installation() {
  return (await getFrame()).installation;
}

async function WorkerSeen() {
  const { workerLastSeenAt, workerSilent } = await getFrame();
  if (workerLastSeenAt === null || workerSilent) return <span className="font-medium text-caution">Worker silent</span>;
  return (
    <>
      Worker seen <RelativeTime at={workerLastSeenAt} className="inline-block min-w-16" />
    </>
  );
}

async function Commands() {
  return <CommandMenu mayEdit={(await getFrame()).viewer.mayEdit} />;
}

async function Account() {
  const { viewer } = await getFrame();
  return <AccountMenu name={viewer.name} role={viewer.role} />;
}

/** What the whole page says about the state: the tab, the banner; and what keeps it fresh. */
async function State() {
  const { failing, degraded, titlePrefix, workerSilent, workerLastSeenAt, now } = await getFrame();
  const icon = workerSilent
    ? "/icon-stale.svg"
    : failing > 0
      ? "/icon-negative.svg"
      : degraded > 0
        ? "/icon-caution.svg"
        : "/icon.svg";
  return (
    <>
      <LiveRefresh />
      <StateTitle prefix={titlePrefix} icon={icon} />
      {workerSilent ? (
        <div className="mx-auto max-w-[90rem] px-4 pt-4 sm:px-6 lg:px-8">
          <WorkerBanner lastSeenAt={workerLastSeenAt} now={now} />
        </div>
      ) : null}
    </>
  );
}
