import { renderMarkdown } from "@/lib/incidents/render-markdown";
import { html, raw, type Markup } from "./html";
import { type PublicIncident, type PublicPostmortem, STATE_WORDS } from "./status";
import { type RenderedPage, renderLayout, type View } from "./render-layout";
import { formatNear, formatSpan, formatTime, INCIDENT_WORDS } from "./words";

/** Markdown whose headings are no part of the page's own. Pure. */
export const renderText = (markdown: string): Markup =>
  raw(
    `<div class="text">${renderMarkdown(markdown)
      .replace(/<h[1-6]>/g, '<p class="heading">')
      .replace(/<\/h[1-6]>/g, "</p>")}</div>`,
  );

/** "Identified · Payments, Checkout · since 14:02 UTC" */
export function renderSummary(incident: PublicIncident, now: Date): Markup {
  const { status, startedAt, resolvedAt, components } = incident;
  const labels = components.map(({ label }) => label).join(", ");
  return html`<p class="muted">
    ${INCIDENT_WORDS[status]}${labels ? ` · ${labels}` : ""} ·
    ${
      resolvedAt === null
        ? html`since <time datetime="${startedAt}">${formatNear(startedAt, now)}</time>`
        : html`<time datetime="${startedAt}">${formatTime(startedAt)}</time>, for ${formatSpan(startedAt, resolvedAt)}`
    }
  </p>`;
}

/** An incident's public updates, the newest first. */
export function renderUpdates({ updates }: PublicIncident, now: Date): Markup {
  if (updates.length === 0) return html`<p class="muted">No update has been published yet.</p>`;
  const items = updates.map(
    ({ at, status, message }) =>
      html`<li class="update">
        ${status === null ? null : html`<strong>${INCIDENT_WORDS[status]}</strong> `}
        <time class="small muted" datetime="${at}">${formatNear(at, now)}</time>${renderText(message)}
      </li>`,
  );
  return html`<ol class="plain updates">
    ${items}
  </ol>`;
}

export const incidentPath = ({ number }: Pick<PublicIncident, "number">): string => `/status/incidents/${number}`;

/** An incident's own page. Pure. */
export function renderIncidentPage(view: View, incident: PublicIncident): RenderedPage {
  const { now, status } = view;
  const { title, startedAt, resolvedAt, components, postmortem } = incident;
  const affected = components.map(({ label, state }) => `${label} (${STATE_WORDS[state].toLowerCase()})`).join(", ");
  return renderLayout(view, {
    title: `${title} · ${status.page.title}`,
    isFront: false,
    main: html`<h1>${title}</h1>
      <dl class="facts card pad">
        <dt>Status</dt>
        <dd>${INCIDENT_WORDS[incident.status]}</dd>
        ${
          affected
            ? html`<dt>Affected</dt>
                <dd>${affected}</dd>`
            : null
        }
        <dt>Began</dt>
        <dd><time datetime="${startedAt}">${formatTime(startedAt)}</time></dd>
        ${
          resolvedAt === null
            ? null
            : html`<dt>Resolved</dt>
                <dd>
                  <time datetime="${resolvedAt}">${formatTime(resolvedAt)}</time>, after
                  ${formatSpan(startedAt, resolvedAt)}
                </dd>`
        }
      </dl>
      <h2>Updates</h2>
      ${renderUpdates(incident, now)} ${postmortem ? renderPostmortem(postmortem) : null}`,
  });
}

function renderPostmortem(postmortem: PublicPostmortem): Markup {
  const { publishedAt, impact, rootCause, contributingFactors, whys, wentWell, wentBadly } = postmortem;
  const asked = whys.filter((why) => why.trim() !== "");
  const sections: [string, Markup | null][] = [
    ["Impact", textOf(impact)],
    ["Root cause", textOf(rootCause)],
    ["Contributing factors", textOf(contributingFactors)],
    [
      "Why it happened",
      asked.length === 0
        ? null
        : html`<ol class="text">
            ${asked.map((why) => html`<li>${renderText(why)}</li>`)}
          </ol>`,
    ],
    ["What went well", textOf(wentWell)],
    ["What went badly", textOf(wentBadly)],
  ];
  return html`<h2>Post-mortem</h2>
    <div class="card pad">
      <p class="small muted">Published <time datetime="${publishedAt}">${formatTime(publishedAt)}</time></p>
      ${sections.flatMap(([title, text]) =>
        text === null
          ? []
          : [
              html`<section class="section">
                <h3>${title}</h3>
                ${text}
              </section>`,
            ],
      )}
    </div>`;
}

const textOf = (markdown: string): Markup | null => (markdown.trim() === "" ? null : renderText(markdown));
