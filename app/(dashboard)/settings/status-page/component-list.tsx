import Link from "next/link";
import { moveComponentAction } from "@/app/_actions/status-page";
import { Table } from "@/app/_lists/table";
import type { StatusComponent } from "@/lib/status-page/component";
import { MoveButtons } from "./move-buttons";

/** The components as they stand on the page, those of a group together. */
export function ComponentList({ components, mayEdit }: { components: readonly StatusComponent[]; mayEdit: boolean }) {
  // Near the name, so that a phone shows it too.
  const columns = ["Component", ...(mayEdit ? ["Order"] : []), "Group", "Measured by", "Response time"];
  return (
    <Table label="Components" columns={columns}>
      {components.map((component, index) => (
        <tr key={component.id} className="border-t border-line align-top">
          <td className="min-w-40 px-4 py-3">
            {mayEdit ? (
              <Link
                href={`/settings/status-page/components/${component.id}/edit`}
                className="font-medium text-ink underline decoration-line-strong underline-offset-4 hover:decoration-ink"
              >
                {component.label}
              </Link>
            ) : (
              <span className="font-medium text-ink">{component.label}</span>
            )}
            {component.description ? <p className="mt-0.5 text-xs text-muted">{component.description}</p> : null}
          </td>
          {mayEdit ? (
            <td className="px-4 py-2">
              <MoveButtons
                action={moveComponentAction}
                id={component.id}
                label={component.label}
                isFirst={index === 0}
                isLast={index === components.length - 1}
              />
            </td>
          ) : null}
          <td className="px-4 py-3 text-muted">{component.groupName || "–"}</td>
          <td className="min-w-40 px-4 py-3 text-muted">
            {component.checks.length === 0
              ? "No check: its state is unknown"
              : component.checks.map(({ label }) => label).join(", ")}
          </td>
          <td className="px-4 py-3 text-muted">{component.showResponseTime ? "Shown" : "Not shown"}</td>
        </tr>
      ))}
    </Table>
  );
}
