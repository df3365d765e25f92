import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** Panggilan ditolak: salah pakai (kode 2), tidak menjawab, atau sipukat tidak ditemukan. */
export class SipukatError extends Error {
  constructor(message, type = "Sipukat") {
    super(message);
    this.name = "SipukatError";
    this.type = type;
  }
}

/** Setiap nilai ditulis --nama=nilai, dan berkas sesudah "--": tidak ada yang terbaca sebagai pilihan. */
export function argumentsOf(command, options = {}, files = []) {
  const written = Object.entries(options).flatMap(([name, values]) =>
    [values].flat().filter((value) => value !== false && value != null)
      .map((value) => (value === true ? `--${name}` : `--${name}=${value}`)),
  );
  return [command, "--json", ...written, "--", ...files];
}

// JSON.parse would round a whole number beyond 2^53 in silence; decimals of sipukat are texts.
function exact(_, value) {
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    throw new SipukatError(`bilangan ${value} terlalu besar untuk JavaScript`, "Number");
  }
  return value;
}

/**
 * Memanggil perintah `sipukat` tanpa shell.
 *
 *     const sipukat = new Sipukat({ program: ["venv/bin/sipukat"] });
 *     const ikm = await sipukat.call("ikm", { by: "unit" }, "survei.csv");
 *     console.log(ikm.data.overall.published);
 *     sipukat.close();
 *
 * Satu objek menyalakan satu proses pada panggilan pertama dan memakainya terus; panggilan
 * yang bersamaan dijawab menurut urutannya.
 */
export class Sipukat {
  #program;
  #timeout;
  #folder;
  #process = null;
  #waiting = [];

  constructor({ program = ["sipukat"], timeout = 60_000, folder = undefined } = {}) {
    this.#program = [program].flat();
    this.#timeout = timeout;
    this.#folder = folder;
  }

  /** Temuan bukan galat: datanya ada, dan `ok` salah bila ada temuan `error`. */
  async call(command, options = {}, ...files) {
    return this.run(argumentsOf(command, options, files));
  }

  /** Argumen apa adanya, dengan --json. */
  async run(args) {
    const { exit, result } = await this.raw(args);
    if (exit > 1) {
      throw new SipukatError(result.error?.message ?? `kode keluar ${exit}`, result.error?.type);
    }
    return { ok: exit === 0, data: result };
  }

  /** Kode keluar dan jawabannya: { exit, result }. */
  raw(args) {
    const words = args.map(String);
    if (!words.every((word) => word.isWellFormed())) {
      return Promise.reject(new SipukatError("argumen harus teks Unicode yang utuh"));
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#fail(new SipukatError(`sipukat tidak menjawab dalam ${this.#timeout} ms`, "Timeout"));
      }, this.#timeout);
      this.#waiting.push({ resolve, reject, timer });
      this.#start().stdin.write(`${JSON.stringify(words)}\n`);
    });
  }

  close() {
    this.#fail(new SipukatError("sipukat ditutup", "Closed"));
  }

  #start() {
    if (this.#process) return this.#process;
    const [program, ...first] = this.#program;
    const child = spawn(program, [...first, "pipe"], {
      cwd: this.#folder,
      env: { ...process.env, PYTHONUTF8: "1" }, // for Windows, and for LC_ALL=C
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    let said = "";
    child.stderr.setEncoding("utf8").on("data", (text) => { said = (said + text).slice(-500); });
    child.stdin.on("error", () => {}); // it ended: what it said comes with "close"
    createInterface({ input: child.stdout, crlfDelay: Infinity }).on("line", (line) => {
      if (this.#process === child) this.#answer(line); // not of one that was given up
    });
    const ended = (type, message) => {
      if (this.#process === child) this.#fail(new SipukatError(message, type));
    };
    child.on("error", (error) => ended("NotFound", `sipukat tidak dapat dijalankan: ${error.message}`));
    child.on("close", () => ended("Stopped", `sipukat berhenti tanpa menjawab: ${said.trim()}`));
    this.#process = child;
    return child;
  }

  #answer(line) {
    const { resolve, reject, timer } = this.#waiting.shift();
    clearTimeout(timer);
    try {
      resolve(JSON.parse(line, exact));
    } catch (error) {
      reject(error instanceof SipukatError ? error : new SipukatError(`jawaban sipukat bukan JSON: ${error.message}`));
    }
  }

  /** End the process: after a failure its next line could be the answer to an older question. */
  #fail(error) {
    const ended = this.#process;
    this.#process = null;
    for (const { reject, timer } of this.#waiting.splice(0)) {
      clearTimeout(timer);
      reject(error);
    }
    ended?.stdin.end();
    ended?.kill();
  }
}
