import type { Frame } from "../event";
import { asBool, asFields, asNumber, asText, boundedFields, fieldOf } from "./read-values";

/** Most frames of one stack: the outermost few and those near the fault are kept of a recursion without end. */
const OUTER_FRAMES = 15;
const INNER_FRAMES = 60;
const MAX_CONTEXT_LINES = 10;
const VARS = { depth: 3, keys: 50, list: 20, text: 1_024 };

/** Frames from the outermost call to where it broke: the order that SDKs send, which nobody changes. Pure. */
export function readFrames(stacktrace: unknown, platform: string): Frame[] {
  const given = fieldOf(asFields(stacktrace), "frames");
  const all: readonly unknown[] = Array.isArray(given) ? given : [];
  const kept =
    all.length > OUTER_FRAMES + INNER_FRAMES ? [...all.slice(0, OUTER_FRAMES), ...all.slice(-INNER_FRAMES)] : all;
  return kept.map((frame) => readFrame(frame, platform));
}

function readFrame(value: unknown, platform: string): Frame {
  const fields = asFields(value);
  const text = (name: string, max = 512) => asText(fieldOf(fields, name), max);
  const filename = text("filename");
  const moduleName = text("module");
  const absPath = text("abs_path", 1_024);
  return {
    // Cocoa and native SDKs may have nothing but the address.
    function: text("function") ?? text("instruction_addr"),
    module: moduleName,
    filename,
    absPath: absPath === filename ? undefined : absPath,
    line: position(fieldOf(fields, "lineno")),
    column: position(fieldOf(fields, "colno")),
    inApp:
      asBool(fieldOf(fields, "in_app")) ??
      !isLibrary(absPath ?? filename ?? "", moduleName ?? "", text("package") ?? "", text("platform") ?? platform),
    contextLine: text("context_line", 1_024),
    preContext: readLines(fieldOf(fields, "pre_context")),
    postContext: readLines(fieldOf(fields, "post_context")),
    vars: boundedFields(fieldOf(fields, "vars"), VARS),
  };
}

function position(value: unknown): number | undefined {
  const number = asNumber(value);
  return number !== undefined && Number.isInteger(number) && Math.abs(number) < 1e9 ? number : undefined;
}

function readLines(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.slice(0, MAX_CONTEXT_LINES).map((line: unknown) => asText(line, 1_024) ?? "");
}

const LIBRARY_PATHS =
  /(^|[\\/])(node_modules|site-packages|dist-packages|bower_components|gems|vendor|\.cargo[\\/]registry|pkg[\\/]mod)[\\/]|^node:|^internal[\\/]|^<frozen |(^|[\\/])python\d(\.\d+)?[\\/]|[\\/]usr[\\/](lib|local[\\/](lib|go[\\/]src))[\\/]|^(chrome|moz|safari|safari-web)-extension:|^\[native code\]|^native$/;
const LIBRARY_MODULES =
  /^(java|javax|jdk|sun|com\.sun|kotlin|kotlinx|scala|org\.(springframework|apache|hibernate|junit|eclipse|jboss)|io\.netty|reactor|android|androidx|dalvik|com\.android|System|Microsoft|runtime|net\/http|reflect)([./$]|$)/;
const NAMED_BY_MODULE = new Set(["java", "csharp", "go"]);

/** For SDKs that do not say whether a frame is the program's own. Pure. */
function isLibrary(path: string, module: string, pkg: string, platform: string): boolean {
  if (LIBRARY_PATHS.test(path)) return true;
  return NAMED_BY_MODULE.has(platform) && (LIBRARY_MODULES.test(module) || LIBRARY_MODULES.test(pkg));
}
