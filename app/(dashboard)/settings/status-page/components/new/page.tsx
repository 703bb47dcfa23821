import type { Metadata } from "next";
import { createComponentAction } from "@/app/_actions/status-page";
import { Card } from "@/app/_components/card";
import { readComponentChoices } from "@/app/_dal/status-page";
import { ActionForm } from "@/app/_forms/action-form";
import { Refused } from "../../../../alerts/refused";
import { ComponentFields } from "../../component-fields";

export const metadata: Metadata = { title: "New component" };

export default async function NewComponentPage() {
  const { choices, mayEdit } = await readComponentChoices();
  if (!mayEdit) return <Refused needs="editor" />;
  return (
    <Card title="New component" className="max-w-2xl">
      <ActionForm action={createComponentAction} label="New component">
        <ComponentFields choices={choices} submit="Add to the page" />
      </ActionForm>
    </Card>
  );
}
