import { escapeText, html, type Markup } from "./html";
import { incidentPath, renderUpdates } from "./render-incident";
import type { View } from "./render-layout";
import type { PublicIncident, PublicMaintenance, PublicSnapshot } from "./status";
import { formatTime, INCIDENT_WORDS } from "./words";

const MAX_ENTRIES = 50;

interface Entry {
  id: string;
  title: string;
  link: string;
  published: string;
  updated: string;
  content: Markup;
}

/** The feed of incidents and announced maintenance (RFC 4287), what changed last first. Ids are the same for all time. Pure. */
export function renderAtom({ status, earlierIncidents }: PublicSnapshot, { now }: Pick<View, "now">): string {
  const { page, activeIncidents, recentIncidents, maintenance } = status;
  const incidents = [...activeIncidents, ...recentIncidents, ...earlierIncidents];
  const entries = [
    ...incidents.map((incident) => incidentEntry(incident, page.url)),
    // A time that lies far ahead is not announced yet.
    ...maintenance
      .filter(({ announcedAt }) => announcedAt <= now.toISOString())
      .map((one) => maintenanceEntry(one, page.url)),
  ]
    .toSorted((a, b) => b.updated.localeCompare(a.updated))
    .slice(0, MAX_ENTRIES);
  const updated = entries[0]?.updated ?? EPOCH;
  return html`<?xml version="1.0" encoding="utf-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"
      ><id>${page.url}/status</id><title>${page.title}</title> <updated>${updated}</updated
      ><author><name>${page.title}</name></author>
      <link rel="self" type="application/atom+xml" href="${page.url}/status/feed.atom" /><link
        rel="alternate"
        type="text/html"
        href="${page.url}/status"
      />
      ${entries.map(renderEntry)}</feed
    > `.markup;
}

/** An entry is read on any day: its times are whole. */
const LONG_AFTER = new Date(8.64e15);

/** Of a feed in which nothing happened yet: the same each time it is asked for. */
const EPOCH = "1970-01-01T00:00:00.000Z";

function renderEntry({ id, title, link, published, updated, content }: Entry): Markup {
  return html`<entry
    ><id>${id}</id><title>${title}</title><link rel="alternate" type="text/html" href="${link}" />
    <published>${published}</published><updated>${updated}</updated
    ><content type="html" xml:base="${link}">${escapedMarkup(content)}</content></entry
  > `;
}

/** HTML as the text of an element. */
const escapedMarkup = ({ markup }: Markup): Markup => ({ markup: escapeText(markup) });

function incidentEntry(incident: PublicIncident, url: string): Entry {
  const { id, title, status, createdAt, updatedAt, components } = incident;
  const labels = components.map(({ label }) => label).join(", ");
  return {
    id: `urn:uuid:${id}`,
    title: `${INCIDENT_WORDS[status]}: ${title}`,
    link: `${url}${incidentPath(incident)}`,
    published: createdAt,
    updated: updatedAt,
    content: html`${labels ? html`<p>Affected: ${labels}</p>` : null}${renderUpdates(incident, LONG_AFTER)}`,
  };
}

function maintenanceEntry({ id, label, description, from, to, announcedAt }: PublicMaintenance, url: string): Entry {
  return {
    id: `${url}/status#maintenance-${id}`,
    title: `Maintenance: ${label}`,
    link: `${url}/status#maintenance-${id}`,
    published: announcedAt,
    updated: announcedAt,
    content: html`<p>${formatTime(from)} to ${formatTime(to)}</p>
      ${description ? html`<p>${description}</p>` : null}`,
  };
}
