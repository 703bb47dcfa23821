"use client";

import { Bookmark, ChevronDown } from "lucide-react";
import { deleteViewAction, updateViewAction } from "@/app/_actions/views";
import { Dropdown } from "@/app/_components/dropdown";
import { goToExplorer } from "@/app/_components/explorer-address";
import { ActionForm } from "@/app/_forms/action-form";
import { SubmitButton } from "@/app/_forms/submit-button";
import type { View } from "@/lib/metrics/views/view";

interface ViewsMenuProps {
  views: readonly View[];
  /** The view that is shown, if the address is one. */
  current: View | undefined;
  mayEdit: boolean;
}

/** The saved views: a click shows one; editors put it on the overview or delete it. */
export function ViewsMenu({ views, current, mayEdit }: ViewsMenuProps) {
  return (
    <Dropdown
      label="Saved views"
      align="right"
      className="max-sm:right-auto max-sm:left-0"
      button={
        <>
          <Bookmark aria-hidden size={14} />
          Views
          <ChevronDown aria-hidden size={14} />
        </>
      }
    >
      {(close) =>
        views.length === 0 ? (
          <p className="w-72 p-4 text-xs text-muted">
            No views yet. A view is what the address shows, under a name{mayEdit ? ": save one with “Save”" : ""}.
          </p>
        ) : (
          <ul className="max-h-96 w-80 max-w-full divide-y divide-line overflow-y-auto">
            {views.map((view) => (
              <li key={view.id} className="px-3 py-2">
                <a
                  href={`/explore?${view.query}`}
                  aria-current={view.id === current?.id ? "page" : undefined}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                    event.preventDefault();
                    close();
                    goToExplorer(`/explore?${view.query}`);
                  }}
                  className="block truncate rounded-sm text-sm font-medium text-ink hover:underline aria-[current]:text-accent"
                >
                  {view.name}
                </a>
                {mayEdit ? (
                  <ViewActions view={view} />
                ) : view.pinned ? (
                  <p className="text-xs text-muted">On the overview</p>
                ) : null}
              </li>
            ))}
          </ul>
        )
      }
    </Dropdown>
  );
}

function ViewActions({ view: { id, name, pinned } }: { view: View }) {
  return (
    <div className="mt-1 flex flex-wrap items-start gap-x-4 gap-y-1 text-xs">
      <ActionForm action={updateViewAction} label={`${pinned ? "Unpin" : "Pin"} ${name}`} className="gap-1">
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="pinned" value={pinned ? "off" : "on"} />
        <SubmitButton look="secondary" small>
          {pinned ? "Take off the overview" : "Show on the overview"}
        </SubmitButton>
      </ActionForm>
      <details className="py-2">
        <summary className="w-fit cursor-pointer rounded-sm font-medium text-negative">
          Delete<span className="sr-only"> {name}</span>…
        </summary>
        <ActionForm action={deleteViewAction} label={`Delete ${name}`} className="mt-2 gap-2">
          <input type="hidden" name="id" value={id} />
          <p className="text-muted">Its charts are no longer found under this name; the metrics stay.</p>
          <SubmitButton look="danger" small pending="Deleting…">
            Delete view
          </SubmitButton>
        </ActionForm>
      </details>
    </div>
  );
}
