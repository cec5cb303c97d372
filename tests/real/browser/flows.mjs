// Every way through the pages, by keyboard alone and without scripts.

import { check } from "./checks.mjs";
import { HOSTILE, READER, SCRIPTS, STORY } from "./world.mjs";

const KEPT = "اعتقالات هذا الأسبوع";
const NOTE = "تقرير عن محاكمة، لا عن اعتقال";

// By name, in the order in which a day in the reading room goes.
export const FLOWS = {
  async "an invitation is taken up, once"({ hand, world }) {
    const link = await world.invitation();
    // What a mail links to is there behind the door.
    await hand.open(`${world.origin}/hits?watch=ar`);
    await hand.open(link);
    // The button gets the focus by itself.
    await hand.page.locator("button:focus-visible").waitFor();
    await hand.enter();
    check("the reader is in", hand.path() === "/hits?watch=ar" && (await hand.reads()).includes(READER), hand.path());
    const again = await hand.open(link);
    check("the link works once", again.status() === 404, again.status());
    await hand.open(world.origin);
  },

  async "past what stands above"({ hand }) {
    await hand.to(hand.page.getByRole("link", { name: "Skip to the content" }));
    await hand.press("Enter");
    await hand.press("Tab");
    const first = hand.page.locator("main").locator(":focus-visible");
    check("the first of the content has the focus", (await first.count()) === 1);
  },

  async "the week"({ hand }) {
    await hand.follow("link", "Overview");
    check("the week has stories", /^[1-9]\d* stories/.test(await hand.page.locator("h1").innerText()));
    await hand.follow("link", SCRIPTS.ar[1]);
    check("a topic leads to its hits", (await marked(hand, "h2")) > 0 && hand.path().includes("topic="), hand.path());
  },

  async "a search with a mistake"({ hand }) {
    await hand.follow("link", "Hits");
    await hand.access("s");
    await hand.type("titel:police");
    const answer = await hand.enter();
    const said = await hand.page.locator("#mistake").innerText();
    check("it is refused with a suggestion", answer.status() === 400 && said.includes("did you mean `title:`?"), said);
    await hand.to(hand.page.getByRole("searchbox"));
    await hand.press("Control+A");
    await hand.type(SCRIPTS.ar[2]);
    await hand.enter();
    check("the words are marked", (await hand.page.locator("mark", { hasText: SCRIPTS.ar[2] }).count()) > 1);
  },

  async "a filter"({ hand }) {
    await hand.follow("link", "Hits");
    await hand.to(hand.page.locator("summary", { hasText: "Filters" }));
    await hand.press("Enter");
    const watches = hand.page.locator("select[name=watch]");
    await hand.to(watches);
    for (let down = 0; down < 9 && (await watches.inputValue()) !== "ru"; down++) await hand.press("ArrowDown");
    await hand.to(hand.page.getByRole("button", { name: "Show" }));
    await hand.enter();
    check("the address has it", hand.path().includes("watch=ru"), hand.path());
    check("its hits are shown", /^1[0-9] hits/m.test(await hand.reads()), await hand.reads());
    await hand.follow("link", /^Leave out the filter/);
    check("and left out", !hand.path().includes("watch="), hand.path());
  },

  async "the next page, and back"({ hand }) {
    await hand.follow("link", "Hits");
    // Which hits, not in what words: of a page that would be too long, sentences are left out.
    const ids = (all) => all.map((hit) => hit.getAttribute("aria-labelledby"));
    const hits = () => hand.page.locator("article").evaluateAll(ids);
    const first = await hits();
    await hand.to(hand.page.locator("a[rel=next]"));
    await hand.enter();
    const second = await hits();
    check("others are on it", second.length > 0 && !second.some((hit) => first.includes(hit)), `${first}; ${second}`);
    await hand.to(hand.page.locator("a[rel=prev]").first());
    await hand.enter();
    check("the same as before", String(await hits()) === String(first), `${first}; ${await hits()}`);
  },

  async "a search is kept, opened and forgotten"({ hand, world }) {
    await hand.open(`${world.origin}/hits?watch=ar&judgment=none`);
    for (const name of ["Passing", KEPT]) {
      await hand.to(hand.page.getByLabel("Name"));
      await hand.type(name);
      await hand.enter();
    }
    await hand.follow("link", "Hits");
    await hand.follow("link", KEPT);
    check("it asks for the same", hand.path() === "/hits?watch=ar&judgment=none", hand.path());
    await hand.to(hand.page.getByLabel("Forget Passing"));
    await hand.enter();
    if (hand.path().startsWith("/searches/forget")) await hand.follow("button", "Forget it");
    const left = await hand.reads();
    check("one is forgotten", left.includes(KEPT) && !left.includes("Passing"));
  },

  async "a hit in full"({ hand, world }) {
    const revised = (await world.hits("--feed", "ar")).find(({ title }) => title.endsWith("[1]"));
    await hand.open(`${world.origin}/hits/${revised.id}`);
    const [headline, said] = [hand.page.locator("h1"), await hand.reads()];
    const written = await headline.evaluate((at) => [at.lang, getComputedStyle(at).direction, getComputedStyle(document.body).direction]);
    check("Arabic is Arabic, and what is said of it English", String(written) === "ar,rtl,ltr", written);
    check("it says why, who was told, and what was changed", said.includes("✓ holds") && said.includes("mona")
      && (await hand.page.locator("ins").count()) > 0, said);
    await hand.open(`${world.origin}/hits?feed=herald`);
    await hand.follow("link", STORY[0]);
    await hand.to(hand.page.locator("li", { hasText: "The observer" }).getByRole("link"));
    await hand.enter();
    const outlet = await hand.page.locator("article p").first().innerText();
    check("from one report of a story to another", outlet.startsWith("The observer"), outlet);
    await hand.open(`${world.origin}/hits?feed=hostile`);
    const [turns, listed] = [/[\u202a-\u202e\u2066-\u2069]/g, await hand.page.locator("main").textContent()];
    check("nothing turns a line round", !turns.test(listed), listed);
    const plain = (text) => text.replaceAll(turns, "").replaceAll(/\s+/g, " ").trim();
    for (const headline of HOSTILE) check("hostile titles are words", plain(listed).includes(plain(headline).slice(0, 60)), headline);
  },

  async "a hit is judged, and the next comes"({ hand, world }) {
    await hand.open(`${world.origin}/hits?watch=ar&judgment=none`);
    await hand.to(hand.page.locator("article h2 a").first());
    await hand.enter();
    const judged = hand.path();
    await hand.to(hand.page.getByLabel("Note, if you like"));
    await hand.type(NOTE);
    await hand.follow("button", "Not a violation");
    check("another comes", hand.path() !== judged && hand.path().startsWith("/hits/"), hand.path());
    const third = hand.path();
    await hand.leads(() => hand.access("r"));
    check("and another by one key", hand.path() !== third && hand.path().startsWith("/hits/"), hand.path());
    await hand.open(world.origin + judged);
    const said = await hand.reads();
    check("judgment and note are shown", said.includes(NOTE) && /not a violation/i.test(said), said);
    const of = async (verdict) => (await world.hits("--judgment", verdict)).length;
    check("and stored", (await of("irrelevant")) === 1 && (await of("relevant")) === 1);
  },

  async "some are judged at random"({ hand }) {
    await hand.follow("link", "Watches");
    await hand.follow("link", SCRIPTS.zh[0]);
    await hand.follow("button", /at random$/);
    let judged = 0;
    for (; judged < 20 && hand.path().startsWith("/hits/"); judged++) {
      await hand.leads(() => hand.access(judged % 4 === 0 ? "b" : "r"));
    }
    check("all, and then the watch", judged === 12 && hand.path() === "/watches/zh", `${judged}, ${hand.path()}`);
    const said = await hand.reads();
    check("it says how right it is", said.includes("47 to 91 %") && said.includes("too broad: 3"), said);
    await hand.to(hand.page.locator("summary", { hasText: "as a table" }).first());
    await hand.press("Enter");
    check("the chart has its table", await hand.page.getByRole("table").first().isVisible());
  },

  async "a watch is tried"({ hand }) {
    await hand.follow("link", "Watches");
    await hand.follow("link", SCRIPTS.en[0]);
    await hand.follow("link", "Try a change");
    await hand.to(hand.page.getByLabel("Query"));
    await hand.press("Control+A");
    await hand.type('"lethal force" AND (protest');
    await hand.follow("button", "Try");
    const mistake = await hand.page.locator("#mistakes").innerText();
    check("a mistake is shown with its place", mistake.includes("^"), mistake);
    await hand.to(hand.page.getByLabel("Query"));
    await hand.press("Control+A");
    await hand.type(`Lima OR ${SCRIPTS.th[2]}`);
    await hand.follow("button", "Try");
    const said = await hand.page.getByRole("status").innerText();
    check("hits are gained and lost", /[1-9]\d* gained, [1-9]\d* lost/.test(said), said);
  },

  async "the feeds"({ hand }) {
    await hand.follow("link", "Feeds");
    const said = await hand.reads();
    check("the one that fails is named", /11 feeds/.test(said) && /Not fine\s+gone\s+failing.* 404/.test(said), said);
  },

  async "a mail, and what it tells"({ hand }) {
    await hand.follow("link", "Mail");
    await hand.to(hand.page.locator("tr", { hasText: SCRIPTS.ar[3] }).locator("th a").first());
    await hand.enter();
    const sent = (await hand.page.locator("main pre").innerText()).replaceAll(/\s+|\*\*/g, " ").replaceAll("  ", " ");
    check("it is shown as it was sent", sent.includes(SCRIPTS.ar[3]), sent);
    await hand.follow("link", "The hits that it tells");
    check("its hits are shown", (await marked(hand, "article")) > 0, hand.path());
  },

  async "the hits as files"({ hand, world }) {
    await hand.open(`${world.origin}/hits?watch=zh`);
    const lines = (await hand.download("JSON lines")).trim().split("\n").map((line) => JSON.parse(line));
    check("JSON lines has all", lines.length === 12 && lines.every((line) => line.watch === "zh"), lines.length);
    const table = await hand.download("CSV");
    check("CSV has all", table.split(SCRIPTS.zh[3]).length > 12, table);
    const feed = await hand.download("Atom");
    check("Atom has all", feed.split("<entry>").length === 13 && feed.includes(SCRIPTS.zh[3]), feed);
  },

  async "out again"({ hand, world }) {
    await hand.follow("button", "Sign out");
    const answer = await hand.open(`${world.origin}/hits`);
    check("nothing is shown any more", answer.status() === 403 && !(await hand.reads()).includes("police"));
  },
};

const marked = (hand, what) => hand.page.locator("main").locator(what).count();
