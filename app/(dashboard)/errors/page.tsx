import { Bug, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { EmptyState } from "@/app/_components/empty-state";
import {
  type ErrorList,
  type ErrorListFilter,
  USUAL_QUERY,
  parseErrorListFilter,
  readErrorList,
} from "@/app/_dal/errors";
import { SearchAnswer } from "@/app/_early/search-answer";
import { ChoiceLink } from "@/app/_lists/choice-link";
import { ListFilters } from "@/app/_lists/list-filters";
import { ListKeys } from "@/app/_lists/list-keys";
import { PageLinks } from "@/app/_lists/page-links";
import { SearchHelp } from "@/app/_lists/search-help";
import type { SearchParams } from "@/app/_lists/search-params";
import { errorAddress, errorQuery } from "./address";
import { ErrorTabs } from "./error-tabs";
import { GroupRows } from "./group-rows";

export const metadata: Metadata = { title: "Errors" };

const SORTS = [
  { value: "last-seen", label: "Last seen" },
  { value: "first-seen", label: "First seen" },
  { value: "events", label: "Most events" },
  { value: "users", label: "Most users" },
];

const TERMS = [
  [
    "is:unresolved",
    "also is:resolved, is:ignored, is:regressed, is:assigned, is:unassigned, is:linked (to an incident)",
  ],
  ["level:error", "debug, info, warning, error or fatal"],
  ["release:1.2", "errors that this release had; environment:, server_name: or any other tag likewise"],
  ["user.email:ada@example.com", "errors that this user met; also user.id:, user.username: and user.ip:"],
  ["assigned:me", "also assigned:none, or a person’s e-mail address"],
  ["events:>100 users:>=10", "by how often and how many it met"],
  ["!release:1.* browser:*", "! means not, * stands for anything, quotes hold what has spaces"],
] as const;

export default async function ErrorsPage({ searchParams }: { searchParams: SearchParams }) {
  const filter = parseErrorListFilter(await searchParams);
  const { items, next, projects, counts, fault } = await readErrorList(filter);
  const { cursor, sort, project, query = USUAL_QUERY } = filter;
  const choice = (words: string, label: string, count?: number) => (
    <ChoiceLink
      href={errorAddress({ ...filter, query: words === USUAL_QUERY ? undefined : words })}
      active={query === words}
      label={label}
      count={count}
    />
  );
  return (
    <>
      <ErrorTabs
        current="/errors"
        title="Errors"
        description="What breaks in the programs that report here, each kind of it once."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <nav aria-label="Which errors" className="flex flex-wrap gap-2">
          {choice(USUAL_QUERY, "Unresolved", counts.open)}
          {choice("is:regressed", "Came back")}
          {choice("is:resolved", "Resolved", counts.resolved)}
          {choice("is:ignored", "Ignored", counts.ignored)}
          {choice("", "All", counts.open + counts.resolved + counts.ignored)}
        </nav>
        <ListFilters
          path="/errors"
          label="Search errors"
          query={query}
          searchLabel="Search by words, is:, level:, release:, user.email: or any tag"
          usualQuery={USUAL_QUERY}
          wide
          kept={{}}
          selects={[
            {
              name: "project",
              label: "Project",
              value: project === undefined ? "" : String(project),
              options: [
                { value: "", label: "All projects" },
                ...projects.map(({ id, name }) => ({ value: String(id), label: name })),
              ],
              className: "sm:w-44",
            },
            { name: "sort", label: "Order", value: sort, options: SORTS, className: "sm:w-40" },
          ]}
        />
        <SearchHelp
          words="Words are looked for in type, message and place, also within other words. Terms narrow it down; all of them must fit."
          terms={TERMS}
        />
        {fault === null ? null : <Banner tone="caution">{fault}</Banner>}
        <SearchAnswer>
          {items.length > 0 ? (
            <GroupRows groups={items.map(toRow)} />
          ) : fault === null ? (
            <NoErrors filter={filter} counts={counts} projects={projects} />
          ) : null}
          <PageLinks path="/errors" query={errorQuery(filter)} cursor={cursor} next={next} />
        </SearchAnswer>
      </div>
      <ListKeys mayEdit={false} />
    </>
  );
}

const toRow = (group: ErrorList["items"][number]) => ({
  id: group.id,
  title: group.type || group.value,
  value: group.type ? group.value : "",
  culprit: group.culprit,
  project: group.project.name,
  level: group.level,
  status: group.status,
  isBack: group.regressedAt !== null,
  assignee: group.assignee?.name ?? null,
  lastSeenAt: group.lastSeenAt.getTime(),
  firstSeenAt: group.firstSeenAt.getTime(),
  events: group.eventCount,
  users: group.userCount,
  trend: group.trend,
});

function NoErrors({ filter, counts, projects }: { filter: ErrorListFilter } & Pick<ErrorList, "counts" | "projects">) {
  const ever = Object.values(counts).some((count) => count > 0);
  if (!ever) {
    return (
      <EmptyState
        icon={Bug}
        title="No error yet"
        action={
          <ButtonLink href={projects.length > 0 ? "/errors/projects" : "/errors/projects/new"} look="primary">
            {projects.length > 0 ? "Show the projects" : "New project"}
          </ButtonLink>
        }
      >
        Point a Sentry SDK of any language at a project’s DSN: what breaks there is here within a second.
      </EmptyState>
    );
  }
  const isNarrowed = filter.query !== undefined || filter.project !== undefined;
  return (
    <EmptyState
      icon={SearchX}
      title={isNarrowed ? "No error fits" : "No error is unresolved"}
      action={isNarrowed ? <ButtonLink href="/errors">Unresolved errors</ButtonLink> : undefined}
    >
      {isNarrowed
        ? "Words are looked for in type, message and place; terms are like is:resolved, level:error, release:1.2."
        : "Everything that broke was resolved or is ignored."}
    </EmptyState>
  );
}
