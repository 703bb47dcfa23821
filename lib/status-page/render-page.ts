import { blocksOf } from "./display-order";
import { html, type Markup } from "./html";
import { renderBars } from "./render-bars";
import { renderChart } from "./render-chart";
import { icon } from "./render-icon";
import { incidentPath, renderSummary, renderUpdates } from "./render-incident";
import { type RenderedPage, renderLayout, type View } from "./render-layout";
import {
  type PublicComponent,
  type PublicIncident,
  type PublicMaintenance,
  RECENT_DAYS,
  type State,
  STATE_WORDS,
} from "./status";
import { formatNear, formatSpan } from "./words";

/** The public page: how it is now, what is being done, how it was. Works without a script. Pure. */
export function renderPage(view: View): RenderedPage {
  const { status, now } = view;
  const { page, components, activeIncidents, recentIncidents, maintenance } = status;
  return renderLayout(view, {
    title: `${status.headline} · ${page.title}`,
    isFront: true,
    main: html`${page.description ? html`<p class="lead">${page.description}</p>` : null}
      <div class="now ${status.state}">
        ${icon(status.state)}
        <div>
          <strong>${status.headline}</strong>
          <span class="small muted">As of <time datetime="${status.asOf}">${formatNear(status.asOf, now)}</time></span>
        </div>
      </div>
      ${activeIncidents.length === 0 ? null : renderIncidents("Incidents", activeIncidents, now)}
      ${maintenance.length === 0 ? null : renderMaintenance(maintenance, now)}
      ${components.length === 0 ? null : renderComponents(components)}
      <h2>Past incidents</h2>
      ${
        recentIncidents.length === 0
          ? html`<p class="muted">None in the last ${RECENT_DAYS} days.</p>`
          : recentIncidents.map((incident) => renderIncident(incident, now))
      }`,
  });
}

const badge = (state: State): Markup => html`<span class="state ${state}">${icon(state)}${STATE_WORDS[state]}</span>`;

function renderComponents(components: readonly PublicComponent[]): Markup {
  const placed = components.map((component) => ({ ...component, groupName: component.group }));
  const blocks: { group: string; members: PublicComponent[] }[] = [];
  // Neighbours without a group share a card.
  for (const members of blocksOf(placed)) {
    const group = members[0]?.group ?? "";
    const last = blocks.at(-1);
    if (group === "" && last?.group === "") last.members.push(...members);
    else blocks.push({ group, members });
  }
  return html`<h2>Components</h2>
    ${blocks.map(
      ({ group, members }) =>
        html`<section class="card group" ${group ? html` aria-label="${group}"` : null}>
          ${group ? html`<h3>${group}</h3>` : null}${members.map(renderComponent)}
        </section>`,
    )}`;
}

function renderComponent(component: PublicComponent): Markup {
  const { label, description, state, reason, responseTimes, group } = component;
  const heading = group ? html`<h4>${label}</h4>` : html`<h3>${label}</h3>`;
  return html`<div class="component">
    <div class="row">${heading}${badge(state)}</div>
    ${description ? html`<p class="muted">${description}</p>` : null}${state === "unknown" ? html`<p class="small muted">${reason}</p>` : null}
    ${renderBars(component)}${responseTimes === null ? null : renderChart(label, responseTimes)}
  </div>`;
}

function renderIncidents(title: string, incidents: readonly PublicIncident[], now: Date): Markup {
  return html`<h2>${title}</h2>
    ${incidents.map((incident) => renderIncident(incident, now))}`;
}

function renderIncident(incident: PublicIncident, now: Date): Markup {
  return html`<article class="card pad">
    <h3><a href="${incidentPath(incident)}">${incident.title}</a></h3>
    ${renderSummary(incident, now)}${renderUpdates(incident, now)}
    ${incident.postmortem === null ? null : html`<p class="small more"><a href="${incidentPath(incident)}">Post-mortem of ${incident.title}</a></p>`}
  </article>`;
}

function renderMaintenance(maintenance: readonly PublicMaintenance[], now: Date): Markup {
  const items = maintenance.map(({ id, label, description, from, to, isRunning, components }) => {
    const affected = components.map((component) => component.label).join(", ");
    return html`<article class="card pad" id="maintenance-${id}">
      <div class="row">
        <h3>${label}</h3>
        ${isRunning ? badge("maintenance") : html`<span class="muted">Planned</span>`}
      </div>
      <p class="muted">
        <time datetime="${from}">${formatNear(from, now)}</time> to
        <time datetime="${to}">${formatNear(to, now)}</time>
        (${formatSpan(from, to)})${affected ? ` · ${affected}` : ""}
      </p>
      ${description ? html`<p>${description}</p>` : null}
    </article>`;
  });
  return html`<h2>Maintenance</h2>
    ${items}`;
}
