import type { Metadata } from "next";
import Link from "next/link";
import { createProjectKeyAction, deleteProjectAction, revokeProjectKeyAction } from "@/app/_actions/projects";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { RelativeTime } from "@/app/_components/relative-time";
import { readProject } from "@/app/_dal/errors";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { ErrorGroup } from "@/lib/errors/groups/group";
import type { Project } from "@/lib/errors/projects/project";
import { DeleteCard, OneButton } from "../../../alerts/small-form";
import { ProjectSettings } from "./project-settings";
import { Snippets } from "./snippets";

interface PageProps {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  return { title: (await readProject((await params).id)).project.name };
}

/** How a program is set up to report here, and whether it does yet. The page renders itself again when an event comes. */
export default async function ProjectPage({ params }: PageProps) {
  const { project, latest, hasLogs, isAdmin } = await readProject((await params).id);
  const { id, name, dsn, platform } = project;
  return (
    <>
      <PageHeader title={name} above={<Link href="/errors/projects">Projects</Link>} />
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-6">
        <Reporting projectId={id} latest={latest} hasLogs={hasLogs} />
        {dsn === null ? (
          <Banner tone="caution">Every key is revoked: make a new one below, or nothing is taken.</Banner>
        ) : (
          <Card title="Set it up" description="Any Sentry SDK works: only the DSN is ours.">
            <Snippets dsn={dsn} platform={platform} />
          </Card>
        )}
        <Keys project={project} isAdmin={isAdmin} />
        {isAdmin ? <ProjectSettings project={project} /> : null}
        {isAdmin ? (
          <DeleteCard
            action={deleteProjectAction}
            id={String(id)}
            name={name}
            what="project"
            lost="Its errors, events and keys are deleted; what is sent with them is refused."
          />
        ) : null}
      </div>
    </>
  );
}

interface ReportingProps {
  projectId: number;
  latest: ErrorGroup | null;
  hasLogs: boolean;
}

/** Whether anything has come yet: what is waited for becomes the first event. */
function Reporting({ projectId, latest, hasLogs }: ReportingProps) {
  if (latest === null && !hasLogs) {
    return (
      <Banner tone="info">
        <span className="motion-safe:animate-pulse">Waiting for the first event.</span> It will be shown here by itself.
      </Banner>
    );
  }
  return (
    <Banner
      tone="positive"
      action={
        <span className="flex gap-2">
          {latest === null ? null : (
            <ButtonLink href={`/errors?${new URLSearchParams({ query: "", project: String(projectId) })}`} small>
              All its errors
            </ButtonLink>
          )}
          <ButtonLink href={`/logs?project=${projectId}`} small>
            Its logs
          </ButtonLink>
        </span>
      }
    >
      {latest === null ? (
        "It reports: lines of its logs have come, and no error yet."
      ) : (
        <>
          It reports. The latest error, <RelativeTime at={latest.lastSeenAt} />:{" "}
          <Link href={`/errors/${latest.id}`} className="font-medium wrap-anywhere underline">
            {latest.type || latest.value}
          </Link>
        </>
      )}
    </Banner>
  );
}

function Keys({ project, isAdmin }: { project: Project; isAdmin: boolean }) {
  return (
    <Card title="Keys" description="Whoever has a key may send events, and nothing else." flush>
      <ul className="divide-y divide-line border-t border-line text-sm">
        {project.keys.map(({ id, label, dsn, createdAt, revokedAt, lastUsedAt }) => (
          <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
            <span className="min-w-0">
              <code className="block font-mono text-xs break-all text-ink">{dsn}</code>
              <span className="text-xs text-muted">
                {label ? `${label}, ` : ""}made <RelativeTime at={createdAt} />,{" "}
                {lastUsedAt ? (
                  <>
                    last used <RelativeTime at={lastUsedAt} />
                  </>
                ) : (
                  "never used"
                )}
              </span>
            </span>
            {revokedAt === null ? (
              isAdmin && (
                <OneButton action={revokeProjectKeyAction} id={id} label={`Revoke key ${label || dsn}`}>
                  Revoke
                </OneButton>
              )
            ) : (
              <span className="text-xs text-muted">Revoked</span>
            )}
          </li>
        ))}
      </ul>
      {isAdmin ? (
        <div className="border-t border-line p-4">
          <ActionForm action={createProjectKeyAction} label="New key" className="max-w-sm gap-3">
            <input type="hidden" name="id" value={project.id} />
            <TextField name="label" label="Another key for" help="Which installation uses it." autoComplete="off" />
            <div>
              <SubmitButton small look="secondary" pending="Creating…">
                Create key
              </SubmitButton>
            </div>
          </ActionForm>
        </div>
      ) : null}
    </Card>
  );
}
