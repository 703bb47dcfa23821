/** Inline for the readers that know nothing else; the classes are for dark mode, which needs a media query. */

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

export const STYLES = {
  body: { backgroundColor: "#f4f4f5", color: "#18181b", fontFamily: FONT, margin: 0, padding: "16px 8px" },
  container: { maxWidth: "600px", margin: "0 auto" },
  card: {
    backgroundColor: "#ffffff",
    borderRadius: "8px",
    padding: "20px",
    marginBottom: "12px",
    wordBreak: "break-word",
  },
  label: { fontSize: "13px", fontWeight: 600, lineHeight: "20px", margin: "0 0 4px" },
  heading: { fontSize: "19px", lineHeight: "26px", fontWeight: 600, margin: "0 0 8px" },
  text: { fontSize: "15px", lineHeight: "22px", margin: "0 0 12px" },
  fact: { fontSize: "14px", lineHeight: "20px", margin: "0 0 2px" },
  note: { fontSize: "14px", lineHeight: "20px", margin: "0 0 12px", padding: "8px 12px", borderRadius: "6px" },
  line: { borderColor: "#e4e4e7", margin: "16px 0" },
  button: {
    backgroundColor: "#1d4ed8",
    color: "#ffffff",
    borderRadius: "6px",
    fontSize: "15px",
    fontWeight: 600,
    padding: "11px 18px",
    textDecoration: "none",
  },
  link: { color: "#1d4ed8", fontSize: "15px", lineHeight: "44px", marginLeft: "16px", textDecoration: "underline" },
  footer: { color: "#52525b", fontSize: "13px", lineHeight: "20px", textAlign: "center" },
} as const;

/** The colour of the bar and the label by tone; each has 4.5:1 on white. */
export const TONES = {
  critical: "#b91c1c",
  warning: "#a16207",
  info: "#1d4ed8",
  resolved: "#15803d",
  test: "#52525b",
} as const;

export const DARK_MODE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.wk-note { background-color: #fef3c7; color: #713f12; }
@media (prefers-color-scheme: dark) {
  .wk-body, .wk-body > table > tbody > tr > td { background-color: #09090b !important; color: #fafafa !important; }
  .wk-card { background-color: #18181b !important; }
  .wk-card h1, .wk-card h2, .wk-text { color: #fafafa !important; }
  .wk-muted { color: #a1a1aa !important; }
  .wk-link { color: #93c5fd !important; }
  .wk-line { border-color: #3f3f46 !important; }
  .wk-note { background-color: #422006 !important; color: #fde68a !important; }
  .wk-critical { color: #fca5a5 !important; }
  .wk-warning { color: #fcd34d !important; }
  .wk-info { color: #93c5fd !important; }
  .wk-resolved { color: #86efac !important; }
  .wk-test { color: #d4d4d8 !important; }
}
`;
