// The real commands on a real store, without a window: the bridge example of the shell.
import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import readline from "node:readline";

export const root = path.resolve(import.meta.dirname, "../..");

/** Cargo says where the program is, and builds it first if it is stale. */
function bridgeProgram() {
  const said = process.env["XIAXIANGZHI_BRIDGE"];
  if (said) return said;
  const output = execFileSync(
    "cargo",
    [
      "build",
      "--quiet",
      // The whole workspace, as the other tests build it: one package alone would compile its dependencies anew.
      "--workspace",
      "--example",
      "bridge",
      "--message-format=json-render-diagnostics",
    ],
    { cwd: root, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] },
  );
  const built = output
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .find((message) => message.executable && message.target?.name === "bridge");
  if (!built || !existsSync(built.executable)) throw new Error("cargo built no bridge");
  return built.executable;
}

let program;

/** One running bridge on a data directory; `now` stops its clock. */
export class Bridge {
  #child;
  #waiting = new Map();
  #next = 1;
  #killed = false;

  constructor(data, answers, now) {
    program ??= bridgeProgram();
    this.#child = spawn(program, ["--data", data, "--answers", answers], {
      env: { ...process.env, XIAXIANGZHI_NOW: now },
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.exited = new Promise((resolve) => this.#child.once("exit", resolve));
    readline.createInterface({ input: this.#child.stdout }).on("line", (line) => {
      // What a killed program was about to say can be cut short.
      if (this.#killed) return;
      const { id, ok, err } = JSON.parse(line);
      this.#waiting.get(id)?.(err === undefined ? { ok } : { err });
      this.#waiting.delete(id);
    });
  }

  /** The answer as the window gets it: `{ok}` or `{err}`. */
  ask(cmd, args = {}) {
    return this.#send({ cmd, args });
  }

  /** A file is dropped on the window: the page may open it now. */
  offer(path) {
    return this.#send({ offer: path });
  }

  /** Whether there is news of backups after a quiet moment. */
  async quietMoment() {
    return (await this.#send({ quiet: true })).ok;
  }

  #send(line) {
    const id = this.#next++;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#child.stdin.write(`${JSON.stringify({ id, ...line })}\n`);
    });
  }

  async call(cmd, args) {
    const { ok, err } = await this.ask(cmd, args);
    if (err !== undefined) throw new Error(`${cmd}: ${JSON.stringify(err)}`);
    return ok;
  }

  /** As if the plug had been pulled. */
  async kill() {
    this.#killed = true;
    this.#child.kill("SIGKILL");
    await this.exited;
  }
}
