// Chromium, whose pages are behind a proxy that writes down all that they ask for, and finds this machine alone.

import http from "node:http";
import { chromium } from "playwright-core";
import { serve } from "./world.mjs";

export class Browser {
  // Every request of the browser: its method, address, headers, and the status of its answer.
  asked = [];
  // Every address that a page asked for, as the browser tells it.
  requested = [];
  // Where a name and port lead that are not this machine's own.
  leads = new Map();

  async open() {
    const proxy = await serve((request, response) => this.pass(request, response));
    proxy.on("connect", (request, socket) => {
      this.asked.push({ method: "CONNECT", url: request.url, headers: request.headers });
      socket.destroy();
    });
    proxy.unref();
    this.proxy = { server: `http://127.0.0.1:${proxy.address().port}` };
    this.chromium = await chromium.launch({
      executablePath: "/usr/bin/chromium",
      // What Chromium asks of its maker is no page's doing, and gets nowhere.
      proxy: { server: "http://127.0.0.1:9" },
      args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
    });
  }

  pass(request, response) {
    const { method, url, headers } = request;
    const entry = { method, url, headers };
    this.asked.push(entry);
    const to = new URL(url);
    const port = this.leads.get(to.host) ?? (/^(.*\.)?localhost$|^127\.0\.0\.1$/.test(to.hostname) ? to.port : undefined);
    if (!port) return response.writeHead(502).end();
    const onward = http.request({ host: "127.0.0.1", port, method, path: to.pathname + to.search, headers }, (answer) => {
      entry.status = answer.statusCode;
      response.writeHead(answer.statusCode, answer.rawHeaders);
      answer.pipe(response);
    });
    onward.on("error", () => response.destroy());
    request.pipe(onward);
  }

  async context(options) {
    const context = await this.chromium.newContext({ locale: "en-GB", proxy: this.proxy, ...options });
    context.on("request", (request) => this.requested.push(request.url()));
    return context;
  }

  close() {
    return this.chromium.close();
  }
}
