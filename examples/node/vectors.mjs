// Mencoba sipukat.mjs terhadap semua contoh panggilan: node vectors.mjs [jalan ke sipukat ...]
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, exit, stderr } from "node:process";
import { Sipukat } from "./sipukat.mjs";

/** Where `got` lacks something of `want`: every key that is named must be there and equal. */
function differences(want, got, place = "") {
  const plain = (value) => value === null || typeof value !== "object";
  if (plain(want) || plain(got)) {
    return Object.is(want, got) ? [] : [`${place}: ${JSON.stringify(want)} bukan ${JSON.stringify(got)}`];
  }
  if (Array.isArray(want) && want.length !== got.length) {
    return [`${place}: banyaknya ${want.length} bukan ${got.length}`];
  }
  return Object.entries(want).flatMap(([key, value]) => differences(value, got[key], `${place}.${key}`));
}

function codes(answer) {
  if (answer === null || typeof answer !== "object") return [];
  const own = "code" in answer && "severity" in answer ? [answer.code] : [];
  return [...own, ...Object.values(answer).flatMap(codes)];
}

const folder = await mkdtemp(join(tmpdir(), "sipukat-"));
const program = argv.length > 2 ? argv.slice(2) : ["sipukat"];
const sipukat = new Sipukat({ program, timeout: 120_000, folder });
let failed = 0;
try {
  const { result } = await sipukat.raw(["schema", "calls"]);
  for (const call of result.calls) {
    for (const [name, text] of Object.entries(call.files ?? {})) await writeFile(join(folder, name), text);
    const answer = await sipukat.raw(call.args);
    const found = new Set(codes(answer.result));
    const wrong = [
      ...differences(call.exit, answer.exit, "kode keluar"),
      ...differences(call.json, answer.result),
      ...(call.codes ?? []).filter((code) => !found.has(code)),
      ...(call.without ?? []).filter((code) => found.has(code)),
    ];
    if (wrong.length > 0) failed += 1;
    for (const line of wrong) stderr.write(`${call.id}: ${line}\n`);
  }
  console.log(`${result.calls.length} panggilan, ${failed} berbeda`);
} finally {
  sipukat.close();
  await rm(folder, { recursive: true });
}
exit(failed === 0 ? 0 : 1);
