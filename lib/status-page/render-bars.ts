import { html, type Markup } from "./html";
import type { PublicComponent, UptimeDay } from "./status";
import { formatDay, formatMinutes, formatUptime } from "./words";

const STEP = 4;
const HEIGHT = 32;
/** From so little uptime on a day is a bad one. */
const BAD_BELOW_PERCENT = 95;

/** How a day is drawn: colour and height both say it. */
function barOf({ uptimePercent, downtimeMinutes }: UptimeDay): { look: string; height: number } {
  if (uptimePercent === null) return { look: "n", height: 8 };
  if (uptimePercent === 100 && !downtimeMinutes) return { look: "u", height: HEIGHT };
  return uptimePercent >= BAD_BELOW_PERCENT ? { look: "w", height: 24 } : { look: "d", height: 16 };
}

/** "29 Feb 2028: 98.61 % uptime, 20 min of downtime" */
export function describeDay({ day, uptimePercent, downtimeMinutes }: UptimeDay): string {
  if (uptimePercent === null) return `${formatDay(day)}: no data`;
  const downtime = downtimeMinutes ? `, ${formatMinutes(downtimeMinutes)} of downtime` : "";
  return `${formatDay(day)}: ${formatUptime(uptimePercent)} uptime${downtime}`;
}

/** 90 days as bars, with the same in words. Pure. */
export function renderBars({ label, days, uptimePercent }: PublicComponent): Markup {
  const bad = days.filter(
    ({ uptimePercent: share, downtimeMinutes }) => share !== null && (share < 100 || downtimeMinutes),
  );
  const measured = days.filter((day) => day.uptimePercent !== null).length;
  const uptime = uptimePercent === null ? "No data yet" : `${formatUptime(uptimePercent)} uptime`;
  const spoken =
    uptimePercent === null
      ? `${label}, last ${days.length} days: no data`
      : `${label}, last ${days.length} days: ${uptime}, ${bad.length} days with downtime, ${days.length - measured} without data`;
  const bars = days.map((day, index) => {
    const { look, height } = barOf(day);
    return html`<rect class="${look}" x="${index * STEP}" y="${HEIGHT - height}" width="3" height="${height}"
      ><title>${describeDay(day)}</title></rect
    >`;
  });
  return html`<svg
      class="bars"
      viewBox="0 0 ${days.length * STEP - 1} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label="${spoken}"
    >
      ${bars}
    </svg>
    <div class="scale"><span>${days.length} days ago</span><span>${uptime}</span><span>Today</span></div>
    ${bad.length === 0 ? null : renderDowntime(label, bad)}`;
}

function renderDowntime(label: string, bad: readonly UptimeDay[]): Markup {
  const rows = bad.toReversed().map(
    ({ day, uptimePercent, downtimeMinutes }) =>
      html`<tr>
        <td>${formatDay(day)}</td>
        <td>${downtimeMinutes ? formatMinutes(downtimeMinutes) : "–"}</td>
        <td>${uptimePercent === null ? "" : formatUptime(uptimePercent)}</td>
      </tr>`,
  );
  return html`<details>
    <summary>${bad.length === 1 ? "1 day" : `${bad.length} days`} with downtime</summary>
    <table aria-label="Downtime of ${label} by day">
      <thead>
        <tr>
          <th scope="col">Day (UTC)</th>
          <th scope="col">Downtime</th>
          <th scope="col">Uptime</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`;
}
