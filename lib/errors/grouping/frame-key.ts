import { createGenerationCache, type GenerationCache } from "@/lib/metrics/writer/generation-cache";
import type { Frame } from "../event";

/** Most frames of an event are those of the one before. By what stands in them: the same gives the same. */
const REMEMBERED = { files: 5_000, functions: 5_000, length: 300 };
const files = createGenerationCache<ReturnType<typeof fileOf>>(REMEMBERED.files);
const functions = createGenerationCache<string>(REMEMBERED.functions);

/**
 * What identifies a frame from one build, machine and release to the next: no line numbers, no hashes, no versions, no
 * folders of the machine, no numbers that a compiler gave. Undefined when nothing is left. Pure.
 */
export function frameKey(frame: Frame): string | undefined {
  const { module = "\0", filename = "", absPath = "", function: called = "" } = frame;
  const file = remembered(files, `${module}\0${filename === "" ? absPath : filename}`, () => fileOf(frame));
  const name = remembered(functions, `${file.isBundle ? "b" : ""}\0${called}`, () => functionOf(called, file.isBundle));
  // A function without a name is known by the line that it broke in.
  const line = name === "" && frame.contextLine && frame.contextLine.length <= 160 ? frame.contextLine.trim() : "";
  const key = [file.name, name, line].filter((part) => part !== "").join(" ");
  return key === "" ? undefined : key;
}

function remembered<Value>(cache: GenerationCache<Value>, key: string, make: () => Value): Value {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (key.length <= REMEMBERED.length) cache.set(key, made);
  return made;
}

const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

function fileOf({ module, filename = "", absPath = "" }: Frame): { name: string; isBundle: boolean } {
  const path = pathOf(filename === "" ? absPath : filename);
  const isScript = SCRIPT.test(path);
  // A module's name is the same on every machine; that of a script is made from its path.
  const plain = module !== undefined && !isScript ? module : lastParts(path);
  const name = withoutBuild(plain);
  return { name: name.toLowerCase(), isBundle: isScript && name !== plain };
}

/** Without protocol, host and query. */
function pathOf(filename: string): string {
  return filename
    .replace(/^(?:webpack(?:-internal)?|app|file|https?|turbopack|chrome-extension|ng):\/\/[^/]*\//i, "")
    .replace(/[?#].*$/, "")
    .replaceAll("\\", "/")
    .replace(/^(?:\.{1,2}\/)+/, "");
}

/** The file and its folder: what stands before differs between machines. */
const lastParts = (path: string): string =>
  path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .slice(-2)
    .join("/");

/** Folders and files are named after releases and contents. */
function withoutBuild(path: string): string {
  return (
    path
      .replaceAll(/\$\$(?:EnhancerBy\w+|FastClassBy\w+|SpringCGLIB|Lambda)[\w$/]*/g, "")
      .replaceAll(/(?<![\w])v?\d+\.\d+(?:\.\d+)*(?:-[\w.]+)?(?=\/)/g, "<version>")
      // `app.3f2a9c1b.js`, `chunk-B5xQ2k1a.js`: letters and digits mixed as no person would.
      .replaceAll(/([.-])(?=[\w]*\d)(?=[\w]*[a-zA-Z])[\w]{6,}(?=\.(?:min\.)?[cm]?js)/g, "$1<hash>")
      .replaceAll(/([./_-])[0-9a-f]{16,}(?=[./_-]|$)/gi, "$1<hash>")
      .replaceAll(/\d{4,}/g, "<number>")
  );
}

const NAMELESS = /^(?:<anonymous>|\?|anonymous|<unknown>|<none>|global code|eval code|null|undefined)$/i;

/** `lambda$write$3`, `handler.func1`, `Cart$1`, `lambda_12`: what a person called `step2` keeps its number. */
export const COMPILER_NUMBER = /(?<=\$|\.func|lambda_|closure_?|block_|__)\d+/g;

function functionOf(given: string, isBundle: boolean): string {
  const name = given
    .trim()
    .replace(/^(?:async|new|get|set|static)\s+/, "")
    // Ruby: "block (2 levels) in Cart#add", "rescue in add".
    .replace(/^(?:block(?: \(\d+ levels?\))?|rescue|ensure) in\s+/, "")
    .replace(/^(?:Object|Module|Function|Proxy|window|exports|self|this)\./, "")
    .replaceAll(/\$\$(?:EnhancerBy\w+|FastClassBy\w+|SpringCGLIB|Lambda)[\w$/]*/g, "")
    // PHP's closures carry their place: "{closure:/srv/app.php:12}".
    .replaceAll(/\{closure[^}]*\}/g, "{closure}")
    .replaceAll(/0x[0-9a-f]+/gi, "<hex>")
    .replace(/\s*\[as [^\]]*\]$/, "")
    .replace(/\(.*\)$/, "")
    .replaceAll(COMPILER_NUMBER, "<number>")
    .trim();
  if (NAMELESS.test(name) || name === "<anonymous>") return "";
  // What a minifier called it changes with each build.
  return isBundle && /^[\w$]{1,2}(?:\.[\w$]{1,2})*$/.test(name) ? "" : name;
}
