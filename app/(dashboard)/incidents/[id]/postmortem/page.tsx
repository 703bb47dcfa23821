import { Download, Pencil } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { Banner } from "@/app/_components/banner";
import { ButtonLink } from "@/app/_components/button";
import { PageHeader } from "@/app/_components/page-header";
import { readPostmortem } from "@/app/_dal/postmortems";
import { firstOf, type SearchParams } from "@/app/_lists/search-params";
import { incidentName } from "@/lib/incidents/incident";
import { ActionsSection } from "./actions-section";
import { DocumentFacts } from "./document-facts";
import { DocumentText } from "./document-text";
import { PrintButton } from "./print-button";
import { PublishCard } from "./publish-card";

interface PageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const { number, title } = (await readPostmortem((await params).id)).document.incident;
  return { title: `${incidentName(number)} post-mortem: ${title}` };
}

/** The written lesson of an incident: a document to read, to print and to hand on. */
export default async function PostmortemPage({ params, searchParams }: PageProps) {
  const { id } = await params;
  const { document, shown, people, mayEdit } = await readPostmortem(id);
  const { number, title } = document.incident;
  const path = `/incidents/${number}/postmortem`;
  if (id !== String(number)) redirect(path);
  const isPreview = firstOf((await searchParams)["audience"]) === "public";
  const read = isPreview ? shown : document;
  const { version } = document.postmortem;
  return (
    <>
      <PageHeader
        title={`Post-mortem: ${title}`}
        above={
          <span className="print:hidden">
            <Link href="/incidents">Incidents</Link> / <Link href={`/incidents/${number}`}>{incidentName(number)}</Link>
          </span>
        }
        actions={
          <div className="flex flex-wrap gap-2 print:hidden">
            <ButtonLink
              href={`/api/v1/incidents/${document.incident.id}/postmortem.md${isPreview ? "?audience=public" : ""}`}
              prefetch={false}
              download
            >
              <Download aria-hidden size={16} />
              Export as Markdown
            </ButtonLink>
            <PrintButton />
            {mayEdit ? (
              <ButtonLink href={`${path}/edit`} look="primary" prefetch={false}>
                <Pencil aria-hidden size={16} />
                {version === 0 ? "Write it" : "Edit"}
              </ButtonLink>
            ) : null}
          </div>
        }
      />
      {isPreview ? (
        <div className="mb-6 print:hidden">
          <Banner
            tone="info"
            action={
              <ButtonLink href={path} small>
                Back to all of it
              </ButtonLink>
            }
          >
            This is what becomes public.
          </Banner>
        </div>
      ) : null}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 xl:grid-cols-[minmax(0,48rem)_minmax(18rem,24rem)] print:block">
        <article aria-label="Post-mortem" className="grid grid-cols-[minmax(0,1fr)] gap-6 print:block">
          <DocumentFacts document={read} isDraft={version === 0} />
          <DocumentText document={read} />
          {isPreview ? null : (
            <ActionsSection
              incidentId={document.incident.id}
              actions={document.actions}
              people={people}
              mayEdit={mayEdit}
            />
          )}
        </article>
        {isPreview ? null : (
          <aside className="print:hidden">
            <PublishCard document={document} shown={shown} path={path} mayEdit={mayEdit} />
          </aside>
        )}
      </div>
    </>
  );
}
