import { request } from "node:http";
import { performance } from "node:perf_hooks";

/** What plain node:http reaches: a fresh connection a request, as a check makes it, with nothing measured, judged or stored. */
const [url = "", seconds = "10", concurrency = "200"] = process.argv.slice(2);

function ask(): Promise<void> {
  return new Promise((done, fail) => {
    const outgoing = request(url, { agent: false }, (response) => {
      response.resume();
      response.once("end", done);
    });
    outgoing.once("error", fail);
    outgoing.end();
  });
}

let answered = 0;
const start = performance.now();
const end = start + Number(seconds) * 1000;
await Promise.all(
  Array.from({ length: Number(concurrency) }, async () => {
    while (performance.now() < end) {
      await ask();
      answered += 1;
    }
  }),
);
process.send?.({ rate: answered / ((performance.now() - start) / 1000) });
process.disconnect?.();
