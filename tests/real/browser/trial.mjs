// The reading room in a browser. Usage: trial.mjs BINARY FOLDER LIBFAKETIME

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Browser } from "./browser.mjs";
import { check, end, part } from "./checks.mjs";
import { FLOWS } from "./flows.mjs";
import { Keyboard } from "./keyboard.mjs";
import { checker, everyPage } from "./pages.mjs";
import { STRANGERS } from "./strangers.mjs";
import { World } from "./world.mjs";

// Chromium asks its maker about every form of every page.
const MAKER = "content-autofill.googleapis.com:443";

const [binary, folder, faketime] = process.argv.slice(2);
const world = new World(binary, folder, faketime);
const browser = new Browser();
await Promise.all([world.open(), browser.open()]);
const hand = await Keyboard.at(browser);
for (const [name, flow] of Object.entries(FLOWS)) await part(name, () => flow({ hand, world }));
await FLOWS["an invitation is taken up, once"]({ hand, world });
const storageState = await hand.context.storageState();
await hand.context.close();

const html = join(folder, "html");
await part("every page", () => everyPage(world, browser, html, storageState));
await part("what is asked of others", () => {
  const elsewhere = browser.requested.filter((url) => !url.startsWith(`${world.origin}/`));
  check("no page asks for anything elsewhere", elsewhere.length === 0 && browser.requested.length > 200, elsewhere);
  const asked = browser.asked.map(({ url }) => url).filter((url) => url !== MAKER);
  check("and nothing else leaves the browser", asked.every((url) => url.startsWith(`${world.origin}/`)), asked);
  console.log(`  ${asked.length} requests, all to ${world.origin}`);
});
const page = await (await browser.context({ storageState })).newPage();
for (const [name, attack] of Object.entries(STRANGERS)) {
  await part(name, async () => writeFileSync(join(html, `stranger-${name.length}.html`), await attack({ world, browser, page })));
}
await part("the Nu checker", () => checker(html));
await browser.close();
await part("the end", () => world.close());
end();
