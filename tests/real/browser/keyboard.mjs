// A person without a mouse, in a browser without scripts.

import { readFile } from "node:fs/promises";

const TABS_MOST = 300;

export class Keyboard {
  static async at(browser, options) {
    const context = await browser.context({ javaScriptEnabled: false, ...options });
    const page = await context.newPage();
    return Object.assign(new Keyboard(), { context, page, wire: await context.newCDPSession(page) });
  }

  // Goes from one to the next until this one has the focus, and shows it.
  async to(target) {
    const here = target.and(this.page.locator(":focus-visible"));
    for (let tabs = 0; (await here.count()) === 0; tabs++) {
      if (tabs === TABS_MOST) throw new Error(`no key leads to ${target} on ${this.page.url()}`);
      await this.page.keyboard.press("Tab");
    }
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  type(text) {
    return this.page.keyboard.insertText(text);
  }

  // What a key leads to: the answer to the last request for a page.
  async leads(act) {
    let answer;
    const listen = (response) => {
      if (response.request().isNavigationRequest()) answer = response;
    };
    this.page.on("response", listen);
    const loaded = this.page.waitForEvent("load", { timeout: 15_000 });
    await act();
    await loaded;
    this.page.off("response", listen);
    return answer;
  }

  enter() {
    return this.leads(() => this.press("Enter"));
  }

  async follow(role, name) {
    await this.to(this.page.getByRole(role, { name }).first());
    return this.enter();
  }

  // Alt with a key: not what it types, but what it is made for.
  access(key) {
    return this.wire.send("Input.dispatchKeyEvent", { type: "keyDown", modifiers: 1, text: key, unmodifiedText: key, key });
  }

  async download(name) {
    await this.to(this.page.getByRole("link", { name, exact: true }));
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.press("Enter")]);
    return readFile(await download.path(), "utf8");
  }

  // Through the address line.
  open(address) {
    return this.page.goto(address);
  }

  reads() {
    return this.page.locator("body").innerText();
  }

  path() {
    const { pathname, search, hash } = new URL(this.page.url());
    return pathname + search + hash;
  }
}
