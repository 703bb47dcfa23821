import { FolderPlus, Plus } from "lucide-react";
import type { Metadata } from "next";
import { deleteUserDataAction } from "@/app/_actions/projects";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { EmptyState } from "@/app/_components/empty-state";
import { readProjects } from "@/app/_dal/errors";
import { ActionForm } from "@/app/_forms/action-form";
import { TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import { RowLink, Table } from "@/app/_lists/table";
import { ErrorTabs } from "../error-tabs";
import { platformLabel } from "./platforms";

export const metadata: Metadata = { title: "Projects" };

export default async function ProjectsPage() {
  const { projects, isAdmin } = await readProjects();
  const create = isAdmin ? (
    <ButtonLink href="/errors/projects/new" look="primary">
      <Plus aria-hidden size={16} />
      New project
    </ButtonLink>
  ) : undefined;
  return (
    <>
      <ErrorTabs
        current="/errors/projects"
        title="Projects"
        description="Programs that report their errors and logs here, each by a DSN of its own."
        actions={create}
      />
      {projects.length === 0 ? (
        <EmptyState icon={FolderPlus} title="No project yet" action={create}>
          A project is a program. Its DSN is all that a Sentry SDK needs to report here.
          {isAdmin ? null : " An admin can make one."}
        </EmptyState>
      ) : (
        <Table label="Projects" columns={["Project", "Platform", "Keys"]}>
          {projects.map(({ id, name, platform, keys }) => (
            <tr key={id} className="relative border-t border-line transition-colors hover:bg-sunken">
              <td className="px-4 py-3">
                <RowLink href={`/errors/projects/${id}`}>{name}</RowLink>
              </td>
              <td className="px-4 py-3 text-muted">{platformLabel(platform) || "—"}</td>
              <td className="px-4 py-3 text-muted tabular-nums">
                {keys.filter(({ revokedAt }) => revokedAt === null).length}
              </td>
            </tr>
          ))}
        </Table>
      )}
      {isAdmin && projects.length > 0 ? <DeleteUserData /> : null}
    </>
  );
}

function DeleteUserData() {
  return (
    <Card
      title="Delete a user’s data"
      description="Of all projects: the events that the user met, and every event and line of logs that names them. Counts stay. It cannot be undone."
      className="mt-8"
    >
      <ActionForm action={deleteUserDataAction} label="Delete a user’s data" className="max-w-sm">
        <TextField
          name="user"
          label="The user’s id, e-mail address or name"
          help="As your programs send it."
          autoComplete="off"
          required
        />
        <div>
          <SubmitButton look="danger" pending="Deleting…">
            Delete the data
          </SubmitButton>
        </div>
      </ActionForm>
    </Card>
  );
}
