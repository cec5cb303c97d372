// Every page in every mode: what axe finds, whether it fits, and its HTML for the Nu checker.

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { check } from "./checks.mjs";
import { SCRIPTS } from "./world.mjs";

const { resolve } = createRequire(import.meta.url);
const AXE = readFileSync(resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const LARGEST = 40_000;
// Warnings of the Nu checker that mean nothing here.
const SEEN = [
  // Without the role, some screen readers take a list whose marks are not drawn for none.
  "The “list” role is unnecessary",
  // A headline of one word for ever looks like Basque.
  "This document appears to be written in",
];

// By name: width and height in CSS pixels, how many dots one has, and the colours that the reader prefers.
const MODES = {
  "light": [1280, 900, 1, "light"],
  "dark": [1280, 900, 1, "dark"],
  "320 px": [320, 640, 1, "light"],
  "320 px, dark": [320, 640, 1, "dark"],
  // What a window of 1280 pixels has at 200 %.
  "200 %": [640, 450, 2, "light"],
};

// By name: the address, the status, and what is done there before the page is looked at.
function pages(hits, judged) {
  const hit = (found) => `/hits/${hits.find(found).id}`;
  const posted = (fields) => async (page) => {
    for (const [name, value] of Object.entries(fields)) await page.locator(`[name=${name}]`).fill(value);
    return (await Promise.all([page.waitForNavigation(), page.getByRole("button", { name: "Try" }).click()]))[0];
  };
  const scripts = Object.keys(SCRIPTS).map((id) => [`a hit, ${id}`, hit(({ feed, title }) => feed === id && title.endsWith("[2]")), 200]);
  return [
    ["the week", "/", 200],
    ["hits", "/hits", 200],
    ["older hits", (page) => page.locator("a[rel=next]").getAttribute("href"), 200],
    ["hits with words", `/hits?q=${encodeURIComponent(SCRIPTS.ar[2])}&watch=ar&from=7d`, 200],
    ["hits with a mistake", "/hits?q=titel:police", 400],
    ["hits, none", "/hits?q=unheard-of", 200],
    ["hits, misread", "/hits?watch=ar&wach=ar&from=soon", 400],
    ...scripts,
    ["a hit, revised", hit(({ feed, title }) => feed === "ar" && title.endsWith("[1]")), 200],
    ["a hit, hostile", hit(({ feed, title }) => feed === "hostile" && title.includes("pixel.gif")), 200],
    ["a hit, unbreakable", hit(({ title }) => title.includes("unbreakable")), 200],
    ["a hit of a story", hit(({ feed }) => feed === "herald"), 200],
    ["a hit, judged", hit(({ id }) => id === judged[0].id), 200],
    ["a hit drawn at random", "/watches/zh/sample", 200],
    ["no hit", "/hits/999999", 404],
    ["no number", "/hits/many", 400],
    ["watches", "/watches", 200],
    ["a watch, judged", "/watches/zh", 200],
    ["a watch, not judged", "/watches/en", 200],
    ["no watch", "/watches/none", 404],
    ["a trial", "/try?watch=en", 200],
    ["a trial, run", "/try?watch=en", 200, posted({ query: `Lima OR ${SCRIPTS.th[2]}` })],
    ["a trial, mistaken", "/try?watch=en", 400, posted({ query: "(police AND" })],
    ["a trial, too long", "/try?watch=en", 413, posted({ query: "police OR ".repeat(9000) })],
    ["feeds", "/feeds", 200],
    ["a feed", "/feeds/zh", 200],
    ["no feed", "/feeds/none", 404],
    ["mails", "/mail", 200],
    ["a mail", "/mail/1", 200],
    ["another mail", "/mail/2", 200],
    ["no mail", "/mail/999999", 404],
    ["no page", "/no-such-page", 404],
    ["not to be read", "/sign-out", 405],
  ];
}

// For whoever is not in.
const outside = (invitation) => [
  ["outside", "/", 403],
  ["an invitation", invitation, 200],
  ["an invitation that is none", "/invitation/none", 404],
];

// Which page an address leads to, whatever it is about.
const shape = (path) => path.replace(/[?#].*/, "").replace(/^(\/[^/]+)\/[^/]+/, "$1/…");

// Adds what the page links to, by its shape.
async function audit(world, page, wire, folder, linked, [name, address, status, act]) {
  const path = typeof address === "string" ? address : await address(page);
  let answer = await page.goto(new URL(path, world.origin).href);
  if (act) answer = await act(page);
  check(`${name}: answered with ${status}`, answer.status() === status, answer.status());
  const html = await answer.body();
  check(`${name}: under 40 KB`, html.length < LARGEST, html.length);
  writeFileSync(join(folder, `${name.replaceAll(/\W+/g, "-")}.html`), html);
  const links = page.locator('a[href^="/"]:not([download])');
  for (const link of await links.evaluateAll((all) => all.map((a) => a.pathname + a.search))) linked.set(shape(link), link);
  await page.evaluate(AXE);
  for (const [mode, [width, height, deviceScaleFactor, colorScheme]] of Object.entries(MODES)) {
    await wire.send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor, mobile: false });
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate(look, TAGS);
    const what = `${name}, ${mode}`;
    check(`${what}: the mode`, found.width === width && (found.paper !== "rgb(255, 255, 255)") === (colorScheme === "dark"));
    check(`${what}: nothing for axe`, found.violations.length === 0, found.violations.join("\n    "));
    check(`${what}: no wider than the window`, found.over <= 0, `${found.over} px more`);
  }
}

// In the page: opens what is folded, and tells what axe finds and how wide it all is.
async function look(runOnly) {
  document.querySelectorAll("details").forEach((details) => { details.open = true; });
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
  const where = ({ html, failureSummary }) => `${html.slice(0, 200)}: ${failureSummary}`;
  return {
    violations: violations.map(({ id, nodes }) => `${id} (${nodes.length}): ${where(nodes[0])}`),
    width: innerWidth,
    over: document.scrollingElement.scrollWidth - innerWidth,
    paper: getComputedStyle(document.body).backgroundColor,
  };
}

// Everything in `folder` afterwards is for the Nu checker.
export async function everyPage(world, browser, folder, storageState) {
  mkdirSync(folder);
  for (const name of ["style.css", "icon.svg"]) {
    writeFileSync(join(folder, name), await (await fetch(`http://127.0.0.1:${world.port}/${name}`)).text());
  }
  const inside = pages(await world.hits(), await world.hits("--judgment", "irrelevant"));
  const linked = new Map();
  const from = async (storageState, table) => {
    const context = await browser.context({ storageState });
    const page = await context.newPage();
    page.on("dialog", (dialog) => check(`a script ran on ${page.url()}`, false, dialog.message()));
    page.on("console", (line) => check(`nothing is kept back on ${page.url()}`, !/Content Security/.test(line.text()), line.text()));
    const wire = await context.newCDPSession(page);
    for (const row of table) await audit(world, page, wire, folder, linked, row);
    await context.close();
  };
  const half = inside.length / 2;
  await Promise.all([from(storageState, inside.slice(0, half)), from(storageState, inside.slice(half))]);
  // What is in no table yet.
  for (const [, address] of inside) linked.delete(shape(String(address)));
  const others = [...linked].map(([shape, link]) => [`what ${shape} is`, link, 200]);
  await from(storageState, others);
  const out = outside(await world.invitation());
  await from(undefined, out);
  console.log(`  ${inside.length + others.length + out.length} pages in ${Object.keys(MODES).length} modes`);
}

export async function checker(folder) {
  const jar = join(resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");
  const options = ["-jar", jar, "--exit-zero-always", "--stdout", "--format", "json", "--also-check-css", "--also-check-svg", folder];
  const said = await new Promise((done, fail) => execFile("java", options, { maxBuffer: 1 << 28 }, (error, out) => {
    if (error) fail(error);
    else done(out);
  }));
  for (const { url, type, subType, message, extract, lastLine } of JSON.parse(said).messages) {
    const what = `${url.split("/").at(-1)}:${lastLine}: ${message} (${extract})`;
    if (SEEN.some((known) => message.startsWith(known))) continue;
    check(`the Nu checker: ${subType ?? type}`, false, what);
  }
}
