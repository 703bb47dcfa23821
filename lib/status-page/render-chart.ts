import { formatMs } from "@/lib/core/format";
import { groupBy } from "@/lib/core/group-by";
import { html, type Markup } from "./html";
import type { ResponsePoint } from "./status";
import { formatClock, formatTime } from "./words";

const WIDTH = 960;
const HEIGHT = 56;
const HOUR = "2028-02-29T14".length;

/** The least of 1, 2, 2.5 or 5 times a power of ten that holds a value. Pure. */
export function niceMax(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1e-3)));
  return ([1, 2, 2.5, 5].find((step) => step * power >= value) ?? 10) * power;
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Response times of 24 hours as a line from zero, gaps left open; with the hours' means as a table. Pure. */
export function renderChart(label: string, points: readonly ResponsePoint[]): Markup {
  const values = points.flatMap(({ ms }) => (ms === null ? [] : [ms]));
  const [first] = points;
  if (values.length === 0 || !first) return html`<p class="caption">No response times in the last 24 hours.</p>`;
  const top = niceMax(Math.max(...values));
  const highest = points.find(({ ms }) => ms === Math.max(...values)) ?? first;
  const spoken = `Response time of ${label} over the last 24 hours: ${formatMs(meanOf(values))} on average, at most ${formatMs(Math.max(...values))} (${formatTime(highest.at)})`;
  const ticks = [0, 0.25, 0.5, 0.75].map((share) => points[Math.floor(share * points.length)] ?? first);
  return html`<p class="caption">Response time, ${formatMs(meanOf(values))} on average</p>
    <div class="chart">
      <div class="y" aria-hidden="true">
        <span>${formatMs(top)}</span><span>${formatMs(top / 2)}</span><span>0 ms</span>
      </div>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${spoken}">
        <path class="grid" d="M0 0H${WIDTH}M0 ${HEIGHT / 2}H${WIDTH}M0 ${HEIGHT}H${WIDTH}" />
        <path class="line" d="${pathOf(points, top)}" />
      </svg>
      <div class="x" aria-hidden="true">
        ${ticks.map(({ at }) => html`<span>${formatClock(at)}</span>`)}<span>now</span>
      </div>
    </div>
    ${renderHours(label, points)}`;
}

/** A point alone is a dot: a line of no length with round ends. */
function pathOf(points: readonly ResponsePoint[], top: number): string {
  const step = WIDTH / Math.max(1, points.length - 1);
  return points
    .map(({ ms }, index) => {
      if (ms === null) return "";
      const at = `${(index * step).toFixed(1)} ${(HEIGHT * (1 - ms / top)).toFixed(1)}`;
      return (points[index - 1]?.ms ?? null) === null ? `M${at}h0` : `L${at}`;
    })
    .join("");
}

function renderHours(label: string, points: readonly ResponsePoint[]): Markup {
  const rows = [...groupBy(points, ({ at }) => at.slice(0, HOUR))].map(([hour, own]) => {
    const values = own.flatMap(({ ms }) => (ms === null ? [] : [ms]));
    return html`<tr>
      <td>${formatClock(`${hour}:00:00Z`)}</td>
      <td>${values.length === 0 ? "no data" : formatMs(meanOf(values))}</td>
    </tr>`;
  });
  return html`<details>
    <summary>Response times by hour</summary>
    <table aria-label="Response times of ${label} by hour">
      <thead>
        <tr>
          <th scope="col">From (UTC)</th>
          <th scope="col">Mean</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`;
}
