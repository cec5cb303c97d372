// A configuration, feeds on this machine, and the program that polls them and serves its pages.

import { execFile, spawn } from "node:child_process";
import { cpSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import http from "node:http";
import net from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";

// Not the one that waits: the program asks our own server.
const execute = promisify(execFile);

export const HOST = "newsvigil.localhost";
// How long ago the feeds were first polled, so that there is a week to be told of.
const DAYS_AGO = 3;
export const READER = "منى الحسن";

// Of each script: the watch, its topic, what it looks for, and a headline.
export const SCRIPTS = {
  ar: ["اعتقال الصحفيين", "حرية الصحافة", "الصحفيين", "المحكمة تؤجّل النظر في قضية الصحفيين المعتقلين منذ عام ٢٠٢٤"],
  zh: ["记者被拘", "新闻自由", "记者", "法院再次推迟审理记者案,家属称已三个月无法与其会面"],
  th: ["การจับกุมนักข่าว", "เสรีภาพสื่อ", "นักข่าว", "ศาลเลื่อนการพิจารณาคดีนักข่าวที่ถูกควบคุมตัวในกรุงเทพฯ อีกครั้ง"],
  ru: ["Аресты правозащитников", "Правозащитники", "правозащитниц*", "Суд оставил правозащитницу под арестом: ещё два месяца «за ложную информацию»"],
  es: ["Desapariciones", "Desaparición", "desaparecid*", "Familias de desaparecidos marchan en Bogotá: «¿dónde está la abogada Ñandú?»"],
  en: ["Use of force", "Assembly", '"lethal force" AND protest*', "Police used lethal force against protesters in Nairobi, families say"],
};

export const STORY = ["Four people were killed when police used lethal force on a protest in Lima",
  "Four people were killed on Monday when police used lethal force against a protest in front of the congress in Lima, "
  + "a doctor of the public hospital and two witnesses said. The ministry of the interior promised an inquiry within a week."];

export const HOSTILE = [
  "<script>document.title = 'lethal force'</script> protest",
  "\"><img src=http://tracker.example/pixel.gif onerror=alert(1)> lethal force, protest",
  "\u202eecrof lahtel\u202c: lethal force at a protest \u2066",
  `lethal force protest ${"Ä̶̛̺́".repeat(40)}`,
  `lethal force protest ${"unbreakable".repeat(40)}`,
  "</title></main><style>*{display:none}</style>{{7*7}} lethal force protest",
];

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function feed(title, language, published, items) {
  return `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>${escaped(title)}</title>`
    + `<link>https://outlet.example/</link><language>${language}</language>`
    + items.map(({ id, headline, text, link }, n) => `<item><guid isPermaLink="false">${id}</guid>`
      + `<title>${escaped(escaped(headline))}</title><link>${link ?? `https://outlet.example/${id}`}</link>`
      + `<pubDate>${new Date(published - n * 3_600_000).toUTCString()}</pubDate><description>${escaped(text)}</description></item>`).join("")
    + "</channel></rss>";
}

// The feeds by their ids: as they were first polled, and later, with an item that says something else and some more.
function feeds(later) {
  const all = {};
  const published = new Date(Date.now() - DAYS_AGO * 86_400_000);
  for (const [language, [watch, , , headline]] of Object.entries(SCRIPTS)) {
    const items = Array.from({ length: later ? 12 : 9 }, (_, n) => ({
      id: `${language}-${n}`,
      headline: `${headline} [${n + 1}]`,
      text: `<p>${escaped(headline)}.</p><img src="http://tracker.example/${language}.gif"><p>${n + 1}: ${watch}.</p>`
        + (later && n === 0 ? `<p>2: ${escaped(headline)}.</p>` : ""),
    }));
    all[language] = feed(`${watch} · ${language}`, language, published, items);
  }
  for (const outlet of ["wire", "herald", "observer"]) {
    all[outlet] = feed(`The ${outlet}`, "en", published, [{ id: `${outlet}-1`, headline: STORY[0], text: STORY[1] }]);
  }
  const hostile = HOSTILE.map((headline, n) => ({
    id: `hostile-${n}`, headline, text: `lethal force, protest. ${headline}`, link: n === 1 ? "javascript:alert(1)" : undefined,
  }));
  all.hostile = feed("<b>Hostile</b> & \u202esons", "en", published, hostile.slice(later ? 0 : 1));
  return all;
}

export const freePort = () => new Promise((resolve) => {
  const probe = net.createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

export const serve = (answer, host = "127.0.0.1") => new Promise((resolve) => {
  const server = http.createServer(answer).listen(0, host, () => resolve(server));
});

export class World {
  constructor(binary, folder, faketime) {
    this.binary = binary;
    this.faketime = faketime;
    this.config = join(folder, "config");
    this.state = join(folder, "state");
    this.log = join(folder, "log");
  }

  // Polls all feeds twice, with what changed between, and serves the pages.
  async open() {
    let bodies = feeds(false);
    const server = await serve((request, response) => {
      const body = bodies[request.url.slice(1)];
      response.writeHead(body ? 200 : 404, { "content-type": "application/rss+xml" }).end(body);
    }, "0.0.0.0");
    this.port = await freePort();
    this.origin = `http://${HOST}:${this.port}`;
    this.configure(server.address().port, [...Object.keys(bodies), "gone"]);
    await execute(this.binary, this.arguments("once"), { env: { LD_PRELOAD: this.faketime, FAKETIME: `-${DAYS_AGO}d` } });
    bodies = feeds(true);
    await this.run("once", "--all");
    const log = openSync(this.log, "a");
    this.service = spawn(this.binary, this.arguments("run"), { stdio: ["ignore", log, log] });
    server.unref();
    for (let tries = 0; !(await this.answers()); tries++) {
      if (tries === 200) throw new Error(`nobody serves: ${readFileSync(this.log)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  configure(feedPort, ids) {
    mkdirSync(join(this.config, "watches"), { recursive: true });
    cpSync("config/places.toml", join(this.config, "places.toml"));
    writeFileSync(join(this.config, "newsvigil.toml"),
      `[fetch]\nallow = ["127.0.0.0/8"]\n[article]\nfetch = "off"\n[web]\nlisten = "127.0.0.1:${this.port}"\n`
      + '[[recipient]]\nid = "desk"\naddress = "desk@example.org"\ntimezone = "Asia/Kathmandu"\nsummary = "mon 07:00"\n'
      + '[[recipient]]\nid = "mona"\naddress = "mona@example.org"\ntimezone = "Africa/Cairo"\ndigest = "off"\n');
    // Each from a host of its own, for one host is not asked for everything at once.
    writeFileSync(join(this.config, "feeds.toml"), ids.map((id, n) =>
      `[[feed]]\nid = "${id}"\nurl = "http://127.0.30.${n + 1}:${feedPort}/${id}"\n`).join(""));
    const watches = Object.entries(SCRIPTS).map(([id, [title, topic, match]]) =>
      `[[watch]]\nid = "${id}"\ntitle = "${title}"\ntopic = "${topic}"\nmatch = '${match}'\n`
      + `stories = ${id === "en"}\nurgency = "${id === "ar" ? "alert" : "digest"}"\n`);
    writeFileSync(join(this.config, "watches", "all.toml"), watches.join(""));
  }

  arguments(...command) {
    return ["--config", this.config, "--state", this.state, ...command];
  }

  async run(...command) {
    const { stdout } = await execute(this.binary, this.arguments(...command), { timeout: 60_000, maxBuffer: 1 << 28 });
    return stdout;
  }

  answers() {
    return fetch(`http://127.0.0.1:${this.port}/style.css`).then((answer) => answer.ok, () => false);
  }

  async invitation(name = READER) {
    return (await this.run("web", "invite", name)).trim();
  }

  async hits(...asked) {
    const lines = (await this.run("hits", "--json", ...asked)).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line));
  }

  // All that readers can change, as one text.
  async changeable() {
    const dump = "import sqlite3, sys\ndatabase = sqlite3.connect(f'file:{sys.argv[1]}?mode=ro', uri=True)\n"
      + "for table in ('judgment', 'saved_search', 'web_invite', 'web_session'):\n"
      + "    print(table, database.execute(f'SELECT * FROM {table} ORDER BY 1, 2').fetchall())";
    return (await execute("python3", ["-c", dump, join(this.state, "newsvigil.db")])).stdout;
  }

  async close() {
    this.service.kill("SIGTERM");
    const code = await new Promise((resolve) => this.service.once("exit", resolve));
    if (code !== 0) throw new Error(`it ended with ${code}: ${readFileSync(this.log)}`);
  }
}
