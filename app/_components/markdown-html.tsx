import { classNames } from "./class-names";

/** @param html made by lib/incidents/render-markdown.ts, which lets nothing through that runs */
export function MarkdownHtml({ html, className }: { html: string; className?: string | undefined }) {
  return <div className={classNames("prose", className)} dangerouslySetInnerHTML={{ __html: html }} />;
}
