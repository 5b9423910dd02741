// Opens the built page in Chromium, under the window's own security policy, with the real commands behind it.
import { randomUUID } from "node:crypto";
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";

import { Bridge, root } from "./bridge.mjs";

const require = createRequire(path.join(root, "ui/package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const policy = JSON.parse(readFileSync(path.join(root, "src-tauri/tauri.conf.json"), "utf8")).app.security
  .csp;
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".woff2": "font/woff2",
  ".webp": "image/webp",
};
/** How many times slower the page is made to run: at 6 or so, races between keys and drawing come to light. */
const SLOWER = Number(process.env["XIAXIANGZHI_SLOWER"] ?? 1);
const CHROMIUM = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** The posting of the design's pictures. */
export const START = "2026-01-05";
export const END = "2026-04-05";
export const NOW = "2026-03-19T09:32:08Z";

function serve(request, response) {
  const name = new URL(request.url, "http://localhost").pathname;
  const file = path.join(root, "ui/dist", name === "/" ? "index.html" : name);
  try {
    const body = readFileSync(file);
    response.writeHead(200, {
      "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream",
      "Content-Security-Policy": policy,
    });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

/**
 * Looks in which each pair of language, colours, type size and motion comes up: what goes wrong only where two meet is found
 * with six instead of twenty-four.
 */
export const LOOKS = [
  ["zh-CN", "light", 100, "no-preference"],
  ["en", "light", 200, "reduce"],
  ["zh-CN", "dark", 200, "no-preference"],
  ["en", "dark", 100, "reduce"],
  ["zh-CN", "forced", 100, "reduce"],
  ["en", "forced", 200, "no-preference"],
].map(([language, colours, type_size, motion]) => ({
  name: `${language}, ${colours}, ${type_size} %, motion ${motion}`,
  settings: { language, type_size, theme: colours === "dark" ? "dark" : "light" },
  media: { forcedColors: colours === "forced" ? "active" : "none", reducedMotion: motion },
}));

/** Server and browser, shared by the tests of one file. */
export async function start() {
  const server = http.createServer(serve);
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  const desks = new Set();
  const address = `http://127.0.0.1:${server.address().port}/`;
  return {
    async open(options) {
      const desk = await Desk.open(browser, address, options);
      desks.add(desk);
      return desk;
    },
    /** Closes what a failed test left open, too: a bridge that runs on would keep the run from ending. */
    async stop() {
      for (const desk of desks) await desk.close();
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** One data directory, its bridge, and a page on it. */
export class Desk {
  faults = [];
  closed = false;

  static async open(
    browser,
    address,
    { now = NOW, viewport = { width: 1366, height: 768 }, before, fill, settings, media } = {},
  ) {
    const desk = new Desk();
    desk.dir = mkdtempSync(path.join(os.tmpdir(), "xiaxiangzhi-ui-"));
    desk.data = path.join(desk.dir, "data");
    desk.answers = path.join(desk.dir, "answers");
    mkdirSync(desk.answers);
    desk.now = now;
    // What happened to the records before this program had them.
    await before?.(desk.data);
    desk.bridge = new Bridge(desk.data, desk.answers, now);
    if (fill) {
      await desk.bridge.call("create_posting", { profile: profile() });
      const changes = fill();
      if (changes.length > 0) await desk.bridge.call("save", { changes });
    }
    await desk.bridge.call("change_settings", {
      change: { ...(fill ? { role: "physician" } : {}), theme: "light", ...settings },
    });
    desk.page = await browser.newPage({ viewport, ...media });
    desk.page.setDefaultTimeout(10_000 * SLOWER);
    if (SLOWER > 1) {
      const devtools = await desk.page.context().newCDPSession(desk.page);
      await devtools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
    }
    // Whatever the page complains about fails the test: exceptions, refused styles, missing files.
    desk.page.on(
      "console",
      (said) => ["error", "warning"].includes(said.type()) && desk.faults.push(said.text()),
    );
    desk.page.on("pageerror", (error) => desk.faults.push(error.message));
    await desk.page.exposeFunction("askBridge", (cmd, args) => desk.bridge.ask(cmd, args));
    await desk.page.addInitScript(() => {
      const callbacks = [];
      const listeners = {};
      // What the shell would call out to the page.
      window.callOut = (event, payload) => listeners[event]?.({ event, payload });
      window.__TAURI_INTERNALS__ = {
        transformCallback: (callback) => callbacks.push(callback) - 1,
        invoke: async (cmd, args) => {
          if (cmd === "plugin:event|listen") listeners[args.event] = callbacks[args.handler];
          if (cmd.startsWith("plugin:")) return 0;
          const { ok, err } = await window.askBridge(cmd, args);
          if (err !== undefined) throw err;
          return ok;
        },
      };
    });
    desk.address = address;
    await desk.load();
    return desk;
  }

  async load() {
    await this.page.goto(this.address);
    await this.page.waitForSelector("h1, h2");
  }

  /** A quiet moment, in which the window looks whether a backup is due and tells the page. */
  async quietMoment() {
    if (await this.bridge.quietMoment()) await this.page.evaluate(() => window.callOut("backup", null));
  }

  /** The dialogs to come are answered with this path; without one they are cancelled. */
  answer(file) {
    rmSync(path.join(this.answers, "cancel"), { force: true });
    if (file === null) writeFileSync(path.join(this.answers, "cancel"), "");
    else writeFileSync(path.join(this.answers, "open.txt"), file);
  }

  /** Ends the program without warning and starts it again on the same records. */
  async crash() {
    await this.bridge.kill();
    this.bridge = new Bridge(this.data, this.answers, this.now);
    await this.load();
  }

  async close() {
    if (this.closed) return;
    this.closed = true;
    await this.page.close();
    await this.bridge.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }

  view() {
    return this.bridge.call("posting_view");
  }

  async day(date) {
    return (await this.view()).records.days.find((day) => day.date === date) ?? null;
  }

  async keys(...keys) {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  text(selector) {
    return this.page.locator(selector).innerText();
  }

  /** Waits until a question about the page or the records is answered with yes. */
  async until(question, what, patience = 10_000) {
    const end = Date.now() + patience * SLOWER;
    for (;;) {
      if (await question()) return;
      if (Date.now() > end) throw new Error(`did not come true: ${what}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  /** What axe-core finds wrong on the page as it is now. */
  async violations() {
    await this.page.evaluate(axe);
    return this.page.evaluate(async () => {
      // A colour on its way from one to the other has a contrast of its own: let what ends come to its end first.
      const moving = () =>
        document
          .getAnimations()
          .filter(
            (each) => each.playState === "running" && each.effect?.getComputedTiming().endTime !== Infinity,
          );
      while (moving().length > 0) await Promise.allSettled(moving().map((each) => each.finished));
      const { violations } = await window.axe.run(document);
      return violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n")}`,
      );
    });
  }

  /** Words that are cut off, or that stand out of the box that holds them. */
  clipped() {
    return this.page.evaluate(() => {
      const said = (element) =>
        [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      const hidden = (element) => element.closest(".unseen, [hidden], [aria-hidden='true'], option");
      return [...document.querySelectorAll("body *")]
        .filter((element) => said(element) && !hidden(element) && element.checkVisibility())
        .filter((element) => {
          const style = getComputedStyle(element);
          const cut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
          return cut && style.overflowX !== "auto" && style.overflowX !== "scroll";
        })
        .map(
          (element) => `${element.tagName} ${element.className}: ${element.textContent.trim().slice(0, 40)}`,
        );
    });
  }

  sideways() {
    return this.page.evaluate(() => {
      const main = document.querySelector("main");
      return Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
    });
  }
}

export function change(entity, key, value) {
  return { event_id: randomUUID(), entity, key, value };
}

export function profile() {
  return {
    physician: {
      name: "李晓梅",
      sex: "female",
      birth_date: "1986-05-14",
      education: "硕士",
      specialty: "心血管内科",
      title: "主治医师",
      licence_number: null,
      promotion_target: null,
    },
    supporting_hospital: "云州市第二人民医院",
    home_department: "心内科",
    recipient_unit: "河口镇中心卫生院",
    county_health_authority: null,
    station: "resident",
    start: START,
    end: END,
    scheme: "rotation_3m",
  };
}

const activity = (kind, date, title = null) => {
  const id = randomUUID();
  return change("activity", id, {
    id,
    kind,
    date,
    title,
    place: "二楼会议室",
    minutes: 60,
    participants: 12,
    audience: null,
    note: null,
    counts_toward_assessment: true,
    tallies: {},
    attachments: [],
  });
};

/** The posting of the pictures on 19 March: three lectures, seven rounds that count, two leaves, four days open. */
export function posting() {
  const changes = [];
  const skipped = ["2026-02-03", "2026-02-04", "2026-02-28", "2026-03-16", "2026-03-19"];
  const holidays = (date) => date >= "2026-02-15" && date <= "2026-02-23";
  for (let at = Date.parse(START); at <= Date.parse("2026-03-18"); at += 86_400_000) {
    const date = new Date(at).toISOString().slice(0, 10);
    const weekend = [0, 6].includes(new Date(at).getUTCDay()) && date !== "2026-02-14";
    if (weekend || holidays(date) || skipped.includes(date)) continue;
    const bare = date === "2026-03-17";
    changes.push(
      change("day", date, {
        date,
        morning: "present",
        afternoon: ["2026-03-05", "2026-03-18"].includes(date) ? null : "present",
        note: bare ? null : "内科门诊，高血压随访",
        tallies: bare ? {} : { outpatient_visits: 14 + (changes.length % 12) },
      }),
    );
  }
  changes.push(
    activity("lecture", "2026-01-14", "高血压分级管理"),
    activity("lecture", "2026-01-28", "基层心电图判读"),
    activity("lecture", "2026-03-13", "急性胸痛的识别与转诊"),
    ...["01-06", "01-13", "01-20", "01-27", "02-10", "02-25", "03-10"].map((date) =>
      activity("ward_round", `2026-${date}`),
    ),
    activity("teaching_round", "2026-03-10"),
    activity("free_clinic", "2026-02-12", "集市义诊"),
  );
  const leave = (kind, from, to, part = {}) => {
    const id = randomUUID();
    return change("leave", id, {
      id,
      kind,
      from,
      from_half: "morning",
      to,
      to_half: "afternoon",
      reason: "家事",
      recipient_approval: { by: "王院长", on: from },
      notification: { to: "医务部 赵主任", on: from },
      written_explanation: null,
      returned_on: to,
      ...part,
    });
  };
  changes.push(
    leave("personal_leave", "2026-02-03", "2026-02-04"),
    leave("sick_leave", "2026-03-05", "2026-03-05", { from_half: "afternoon" }),
  );
  return changes;
}
