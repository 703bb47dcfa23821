import { readableOn } from "./accent";

const LIGHT = { canvas: "#fafafa", surface: "#ffffff" };
const DARK = { canvas: "#0c0d0f", surface: "#141518" };

/**
 * The page's stylesheet: small enough to stand in the page, so that one request shows all of it. The accent is darkened or
 * lightened until its text can be read. Pure.
 * @param accent "#0f766e"
 */
export function styles(accent: string): string {
  return `:root{--accent:${readableOn(accent, LIGHT.canvas)};${LIGHT_TOKENS}}@media(prefers-color-scheme:dark){:root{--accent:${readableOn(accent, DARK.surface)};${DARK_TOKENS}}}${RULES}`;
}

const LIGHT_TOKENS =
  "color-scheme:light;--canvas:#fafafa;--surface:#fff;--line:#e4e4e7;--ink:#18181b;--muted:#5b5b64;--up:#176f3d;--up-soft:#eef8f1;--up-line:#bfe3cb;--up-mark:#3aa866;--warn:#8a5300;--warn-soft:#fef6e4;--warn-line:#f0d9a6;--warn-mark:#d98a0b;--down:#b81d24;--down-soft:#fef0f0;--down-line:#f5c6c8;--down-mark:#d92d35;--info:#1d5bb8;--info-soft:#eef4fd;--info-line:#c3d8f6;--none-mark:#c9c9cf";
const DARK_TOKENS =
  "color-scheme:dark;--canvas:#0c0d0f;--surface:#141518;--line:#26282d;--ink:#ededef;--muted:#a2a3ad;--up:#5bd18b;--up-soft:#11261a;--up-line:#1f4a30;--up-mark:#35a566;--warn:#f0b44c;--warn-soft:#2a1f0b;--warn-line:#523c12;--warn-mark:#e0a030;--down:#ff8b8b;--down-soft:#321316;--down-line:#64262b;--down-mark:#f2555a;--info:#82b6ff;--info-soft:#111f35;--info-line:#223f6b;--none-mark:#3f424a";

const RULES = `
*{box-sizing:border-box}
body{margin:0;background:var(--canvas);color:var(--ink);font:0.875rem/1.5 ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums;overflow-wrap:anywhere;-webkit-text-size-adjust:100%;text-size-adjust:100%}
.page{max-width:52rem;margin:0 auto;padding:0 1rem 3rem}
.bar-top{height:4px;background:var(--accent)}
h1,h2,h3,h4,p,ul,ol,dl,dd{margin:0;padding:0}
ul,ol.plain{list-style:none}
a{color:var(--accent);text-decoration:underline;text-underline-offset:2px;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.head{display:flex;flex-wrap:wrap;align-items:center;gap:.75rem 1rem;padding:2rem 0 1.5rem}
.head h1,.head .name{font-size:1.25rem;line-height:1.75rem;font-weight:600}
.head .name{color:inherit;text-decoration:none}
.head img{display:block;height:2.5rem;width:auto;max-width:10rem;object-fit:contain}
.head nav{margin-left:auto;display:flex;gap:1rem}
.lead{color:var(--muted);margin-bottom:1.5rem;max-width:42rem}
main h1{font-size:1.25rem;line-height:1.75rem;font-weight:600;margin-bottom:1rem}
h2{font-size:1rem;line-height:1.5rem;font-weight:600;margin:2.5rem 0 .75rem}
h3{font-size:.875rem;line-height:1.25rem;font-weight:600}
.muted{color:var(--muted)}
.small{font-size:.75rem;line-height:1rem}
.card{background:var(--surface);border:1px solid var(--line);border-radius:8px}
.card+.card{margin-top:1rem}
.pad{padding:1rem}
.icon{flex:none;fill:none;stroke:currentColor;stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round}
.state{display:inline-flex;align-items:center;gap:.375rem;font-weight:500;white-space:nowrap}
.state .icon{width:16px;height:16px}
.operational{color:var(--up)}.maintenance{color:var(--info)}.unknown{color:var(--muted)}.degraded,.partial{color:var(--warn)}.major{color:var(--down)}
.now{display:flex;align-items:center;gap:.75rem;padding:1rem;border:1px solid var(--line);border-radius:8px;background:var(--surface)}
.now .icon{width:28px;height:28px}
.now strong{display:block;font-size:1.25rem;line-height:1.75rem;font-weight:600;color:var(--ink)}
.now.operational{background:var(--up-soft);border-color:var(--up-line)}.now.maintenance{background:var(--info-soft);border-color:var(--info-line)}.now.degraded,.now.partial{background:var(--warn-soft);border-color:var(--warn-line)}.now.major{background:var(--down-soft);border-color:var(--down-line)}
.now .muted{color:var(--ink)}
.old{display:flex;align-items:flex-start;gap:.75rem;padding:.75rem 1rem;margin-bottom:1rem;border:1px solid var(--warn-line);border-radius:8px;background:var(--warn-soft)}
.old .icon{color:var(--warn)}
.group{margin-bottom:1rem}
.group>h3{padding:1rem 1rem 0;color:var(--muted);font-weight:500}
.component{padding:1rem}
.component+.component{border-top:1px solid var(--line)}
.row{display:flex;flex-wrap:wrap;align-items:center;justify-content:space-between;gap:.25rem 1rem}
.bars{display:block;width:100%;height:32px;margin-top:.75rem}
.bars .u{fill:var(--up-mark)}.bars .w{fill:var(--warn-mark)}.bars .d{fill:var(--down-mark)}.bars .n{fill:var(--none-mark)}
.scale{display:flex;justify-content:space-between;gap:.5rem;margin-top:.375rem;color:var(--muted);font-size:.75rem;line-height:1rem}
details{margin-top:.5rem;font-size:.75rem;line-height:1rem}
summary{cursor:pointer;color:var(--muted);width:fit-content;padding:.25rem 0}
table{border-collapse:collapse;margin-top:.375rem}
th,td{text-align:left;font-weight:400;padding:.1875rem 1.5rem .1875rem 0;vertical-align:top}
th{color:var(--muted)}
.chart{display:grid;grid-template-columns:auto minmax(0,1fr);gap:0 .5rem;margin-top:.75rem;color:var(--muted);font-size:.75rem;line-height:1rem}
.chart .y{display:flex;flex-direction:column;justify-content:space-between;text-align:right;height:72px;margin:-.5rem 0}
.chart svg{display:block;width:100%;height:56px;overflow:visible}
.chart .x{grid-column:2;display:flex;justify-content:space-between;margin-top:.375rem}
.line{fill:none;stroke:var(--accent);stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.grid{fill:none;stroke:var(--line);stroke-width:1;vector-effect:non-scaling-stroke}
.caption{margin-top:1rem;font-size:.75rem;line-height:1rem;color:var(--muted)}
.facts{display:grid;grid-template-columns:auto minmax(0,1fr);gap:.25rem 1rem}
.facts dt{color:var(--muted)}
.section{margin-top:1rem}
.section .text{margin-top:.25rem}
.section ol.text{padding-left:1.25rem}
.more{margin-top:.75rem}
.updates{display:grid;gap:1rem;margin-top:1rem}
.update{border-left:2px solid var(--line);padding-left:.75rem}
.text>*+*{margin-top:.5rem}
.text ul,.text ol{padding-left:1.25rem}.text ul{list-style:disc}
.text pre,.text code{font-family:ui-monospace,monospace;font-size:.8125rem}
.text pre{overflow-x:auto;padding:.5rem .75rem;border:1px solid var(--line);border-radius:6px}
.text blockquote{margin:0;padding-left:.75rem;border-left:2px solid var(--line);color:var(--muted)}
.text table{display:block;overflow-x:auto}
.text .heading{font-weight:600}
.text hr{border:0;border-top:1px solid var(--line)}
.foot{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;color:var(--muted);font-size:.75rem;line-height:1rem}
@media(max-width:30rem){.head nav{margin-left:0;width:100%}}
@media(forced-colors:active){.bars rect{forced-color-adjust:none}}
`.replaceAll("\n", "");
