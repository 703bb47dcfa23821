import type { Metadata } from "next";
import { deleteComponentAction, updateComponentAction } from "@/app/_actions/status-page";
import { Card } from "@/app/_components/card";
import { readComponent } from "@/app/_dal/status-page";
import { ActionForm } from "@/app/_forms/action-form";
import { Refused } from "../../../../../alerts/refused";
import { DeleteCard } from "../../../../../alerts/small-form";
import { ComponentFields } from "../../../component-fields";

export const metadata: Metadata = { title: "Edit component" };

export default async function EditComponentPage({ params }: { params: Promise<{ id: string }> }) {
  const { component, choices, mayEdit } = await readComponent((await params).id);
  if (!mayEdit) return <Refused needs="editor" />;
  return (
    <div className="grid max-w-2xl grid-cols-[minmax(0,1fr)] gap-6">
      <Card title={`Edit ${component.label}`}>
        <ActionForm action={updateComponentAction} label="Component">
          <input type="hidden" name="id" value={component.id} />
          <ComponentFields component={component} choices={choices} submit="Save" />
        </ActionForm>
      </Card>
      <DeleteCard
        action={deleteComponentAction}
        id={component.id}
        name={component.label}
        what="component"
        lost="Visitors no longer see it. Its checks go on, and so does what they have measured."
      />
    </div>
  );
}
