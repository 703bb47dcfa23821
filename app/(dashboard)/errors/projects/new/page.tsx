import type { Metadata } from "next";
import Link from "next/link";
import { createProjectAction } from "@/app/_actions/projects";
import { ButtonLink } from "@/app/_components/button";
import { Card } from "@/app/_components/card";
import { PageHeader } from "@/app/_components/page-header";
import { readProjects } from "@/app/_dal/errors";
import { ActionForm } from "@/app/_forms/action-form";
import { SelectField, TextField } from "@/app/_forms/fields";
import { SubmitButton } from "@/app/_forms/submit-button";
import { Refused } from "../../../alerts/refused";
import { PLATFORMS } from "../platforms";

export const metadata: Metadata = { title: "New project" };

export default async function NewProjectPage() {
  const { isAdmin } = await readProjects();
  return (
    <>
      <PageHeader title="New project" above={<Link href="/errors/projects">Projects</Link>} />
      {isAdmin ? (
        <Card className="max-w-2xl">
          <ActionForm action={createProjectAction} label="New project" className="max-w-sm">
            <TextField name="name" label="Name" help="The program that reports here." autoComplete="off" required />
            <SelectField
              name="platform"
              label="Platform"
              help="Whose lines are shown first on the next page; any SDK may use the DSN."
              options={PLATFORMS.map(({ id, label }) => ({ value: id, label }))}
              required
            />
            <div className="flex gap-2">
              <SubmitButton pending="Creating…">Create project</SubmitButton>
              <ButtonLink href="/errors/projects">Cancel</ButtonLink>
            </div>
          </ActionForm>
        </Card>
      ) : (
        <Refused needs="admin" />
      )}
    </>
  );
}
