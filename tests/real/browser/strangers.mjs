// Pages of strangers in the browser of somebody who is in: one whose name is made to lead here, and one of another port.

import { check } from "./checks.mjs";
import { HOST, SCRIPTS, serve } from "./world.mjs";

const secret = (text) => Object.values(SCRIPTS).some(([title, , , headline]) => text.includes(headline) || text.includes(title));

async function stranger(body = "") {
  const server = await serve((_, response) => response.writeHead(200, { "content-type": "text/html" })
    .end(`<!DOCTYPE html><html lang="en"><title>A stranger</title>${body}`));
  server.unref();
  return server.address().port;
}

export const STRANGERS = {
  async "a name that is made to lead here (DNS rebinding)"({ world, browser, page }) {
    const here = `rebound.example:${world.port}`;
    browser.leads.set(here, await stranger());
    await page.goto(`http://${here}/`);
    check("the stranger's page is there", (await page.title()) === "A stranger");
    browser.leads.set(here, world.port);
    const answers = await page.evaluate(() => Promise.all([["GET", "/hits"], ["GET", "/style.css"], ["POST", "/searches"], ["POST", "/sign-out"]]
      .map(async ([method, path]) => {
        const answer = await fetch(path, { method, credentials: "include" });
        return [answer.status, await answer.text()];
      })));
    for (const [status, text] of answers) check("it is refused", status === 421 && !secret(text), `${status} ${text}`);
    const opened = await page.goto(`http://${here}/hits`);
    check("and so is a page of it", opened.status() === 421 && !secret(await opened.text()), opened.status());
    return opened.body();
  },

  async "a page on another port, with the reader's cookie"({ world, browser, page }) {
    const { origin } = world;
    const form = `<form method=post action="${origin}/searches"><input name=name value=Stolen><input name=query></form>`;
    const things = `<img src="${origin}/icon.svg"><iframe src="${origin}/hits"></iframe><link rel=stylesheet href="${origin}/style.css">`
      + `<a href="${origin}/hits">Hits</a>`;
    const port = await stranger(form + things);
    browser.leads.set(`stranger.example:${port}`, port);
    const before = await world.changeable();
    let page403;
    for (const name of [HOST, "127.0.0.1", "stranger.example"]) {
      const from = browser.asked.length;
      await page.goto(`http://${name}:${port}/`);
      check(`${name}: nothing of ours is in its frame`, !secret(await page.frames()[1].content()));
      const read = await page.evaluate(async (origin) => {
        const send = (path, mode, method = "POST", body = new URLSearchParams({ name: "Stolen", query: "", verdict: "relevant", note: "" })) =>
          fetch(origin + path, { method, mode, body, credentials: "include" }).then((answer) => answer.text(), String);
        navigator.sendBeacon(`${origin}/searches`, new URLSearchParams({ name: "Stolen", query: "" }));
        return Promise.all([send("/searches", "no-cors"), send("/searches", "cors"), send("/hits/1/judgment", "no-cors"),
          send("/sign-out", "no-cors"), send("/hits", "cors", "GET", undefined)]);
      }, origin);
      check(`${name}: nothing can be read`, !read.some(secret), read);
      const [answer] = await Promise.all([page.waitForNavigation(), page.evaluate(() => document.forms[0].submit())]);
      check(`${name}: its form is refused`, answer.status() === 403, answer.status());
      page403 = await answer.body();
      const posts = browser.asked.slice(from).filter(({ method, url }) => method === "POST" && url.startsWith(origin));
      const withCookie = posts.filter(({ headers }) => headers.cookie?.startsWith("newsvigil="));
      check(`${name}: all was refused`, posts.length > 0 && posts.every(({ status }) => status === 403), JSON.stringify(posts));
      // A cookie knows no ports.
      const sent = name === HOST ? withCookie.length === posts.length && posts.length >= 6 : withCookie.length === 0;
      check(`${name}: the cookie`, sent, `${withCookie.length} of ${posts.length}`);
    }
    check("nothing was changed", (await world.changeable()) === before);
    // A link from a mail on the web leads here all the same.
    await page.goto(`http://stranger.example:${port}/`);
    await Promise.all([page.waitForNavigation(), page.getByRole("link", { name: "Hits" }).click()]);
    check("the reader is still in, and may come from a link", secret(await page.content()), page.url());
    return page403;
  },
};
