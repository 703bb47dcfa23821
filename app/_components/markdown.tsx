import { renderMarkdown } from "@/lib/incidents/render-markdown";
import { MarkdownHtml } from "./markdown-html";

/** What somebody wrote in Markdown, as it is meant. */
export function Markdown({ text, className }: { text: string; className?: string }) {
  return <MarkdownHtml html={renderMarkdown(text)} className={className} />;
}
