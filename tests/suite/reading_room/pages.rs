//! What can be seen and done by whoever is in.

use super::*;

#[test]
fn each_page_is_there_for_whoever_is_in() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    for (path, status, words) in [
        ("/", 200, "<h1"),
        ("/hits", 200, "/hits/1?judgment="),
        ("/hits?mail=1", 200, "Police"),
        ("/hits/%ff", 400, "cannot be understood"),
        ("/hits?q=police", 200, "Police"),
        ("/hits?q=nonsense%20AND%20OR", 400, "OR"),
        ("/hits?older=x", 400, "older"),
        ("/hits/1", 200, "Police"),
        ("/hits/99", 404, "no hit 99"),
        ("/hits/x", 400, "no number"),
        ("/hits.csv", 200, "Police"),
        ("/hits.jsonl", 200, "Police"),
        ("/hits.atom", 200, "Police"),
        ("/watches", 200, "Use of force"),
        ("/watches/none", 404, "no watch none"),
        ("/feeds", 200, "1 feed, 1 fine"),
        ("/feeds?from=x", 400, "no number"),
        ("/feeds/outlet", 200, "not read"),
        ("/feeds/none", 404, "no feed none"),
        ("/mail", 200, "1 sent, 0 waiting, none given up"),
        ("/mail/1", 200, "Police"),
        ("/try", 200, "<textarea"),
        ("/try?watch=force", 200, "in the place of"),
    ] {
        let answer = room.get(path, &cookie);
        assert_eq!(answer.status, status, "{path}: {answer:?}");
        assert!(answer.body.contains(words), "{path}: {answer:?}");
        assert!(!answer.body.contains("<script"), "{path}");
    }
    let leads = room.get("/items/1", &cookie);
    assert_eq!(leads.header("location"), Some("/hits/1"), "{leads:?}");
    let judged = room.post(
        "/hits/1/judgment",
        &format!("{OWN}{cookie}"),
        "verdict=too-broad&note=of+another+town&next=sample%3Dother%26judged%3D0%26of%3D9",
    );
    assert_eq!(judged.status, 303, "{judged:?}");
    let page = room.get("/hits/1", &cookie);
    assert!(page.body.contains("of another town"), "{page:?}");
    let hits = room
        .world
        .run(&["hits", "--judgment", "irrelevant", "--json"]);
    let hits = hits.ok().json_lines();
    assert_eq!(hits.len(), 1);
    // It was not drawn, whatever the form says.
    assert_eq!(hits[0]["judgment"]["at_random"], false);
    // It was the only one, so judging goes back to the list that it came from.
    let onward = room.post(
        "/hits/1/judgment",
        &format!("{OWN}{cookie}"),
        "verdict=relevant&next=judgment%3Dnone",
    );
    assert_eq!(
        onward.header("location"),
        Some("/hits?judgment=none"),
        "{onward:?}"
    );
    room.service.stop().ok();
}

#[test]
fn a_kept_search_is_forgotten_when_that_is_asked_twice() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    let own = format!("{OWN}{cookie}");
    let kept = room.post("/searches", &own, "name=Lima%20%26%20more&query=q%3Dpolice");
    assert_eq!(kept.header("location"), Some("/hits?q=police"), "{kept:?}");
    let page = room.get("/hits?q=police", &cookie).body;
    assert!(
        page.contains("<title>Lima &#38; more · newsvigil"),
        "{page}"
    );
    let ask = "/searches/forget?name=Lima+%26+more&query=q%3Dgas";
    assert!(
        page.contains("/searches/forget?name=Lima+%26+more&#38;query=q%3Dpolice"),
        "{page}"
    );
    let asked = room.get(ask, &cookie);
    assert!(asked.body.contains("href=\"/hits?q=gas\""), "{asked:?}");
    assert!(
        room.get("/hits", &cookie).body.contains("Lima"),
        "still there"
    );
    let form = "name=Lima%20%26%20more&query=q%3Dgas";
    let gone = room.post("/searches/forget", &own, form);
    assert_eq!(gone.header("location"), Some("/hits?q=gas"), "{gone:?}");
    assert!(!room.get("/hits", &cookie).body.contains("Lima"));
    for again in [
        room.get(ask, &cookie),
        room.post("/searches/forget", &own, form),
    ] {
        assert_eq!(again.status, 404, "{again:?}");
        assert!(again.body.contains("No search is kept as"), "{again:?}");
    }
    assert_eq!(room.get("/searches/forget", &cookie).status, 400);
    room.service.stop().ok();
}

#[test]
fn a_hit_is_noted_drawn_and_judged_once() {
    let room = Room::open();
    let cookie = room.sign_in("ana");
    let own = format!("{OWN}{cookie}");
    let judge = |form: &str| room.post("/hits/1/judgment", &own, form);
    let list = room.get("/hits", &cookie).body;
    assert!(list.contains("1 hit."), "{list}");
    // A note leaves the hit among those to be judged.
    let noted = judge("verdict=note&note=ask+Ben&next=judgment%3Dnone");
    assert_eq!(
        noted.header("location"),
        Some("/hits/1?judgment=none#judge"),
        "{noted:?}"
    );
    assert_eq!(judge("verdict=note&note=++").status, 400);
    assert!(room.get("/hits/1", &cookie).body.contains("ask Ben"));
    assert!(
        room.get("/hits?judgment=none", &cookie)
            .body
            .contains("1 hit.")
    );
    let (_, watch) = list.split_once("href=\"/watches/").expect("a watch");
    let watch = watch.split('"').next().unwrap_or_default();
    let drawn = room.get(&format!("/watches/{watch}/sample"), &cookie);
    let at = format!("/hits/1?sample={watch}&judged=0&of=1");
    assert_eq!(drawn.header("location"), Some(at.as_str()), "{drawn:?}");
    let page = room.get(&at, &cookie).body;
    assert!(page.contains("0 of 1 judged, 1 to go."), "{page}");
    assert!(page.contains("Leave the sample"), "{page}");
    let is_drawn = || {
        let run = room.world.run(&["hits", "--json"]);
        let hits = run.ok().json_lines();
        hits[0]["judgment"]["at_random"].as_bool()
    };
    let form = format!("verdict=undecided&next=sample%3D{watch}%26judged%3D0%26of%3D1");
    let leads = format!("/watches/{watch}");
    assert_eq!(judge(&form).header("location"), Some(leads.as_str()));
    assert_eq!(is_drawn(), Some(true));
    judge("verdict=relevant");
    assert_eq!(is_drawn(), Some(true), "it is corrected, and was drawn");
    let nothing = room.get(&format!("/watches/{watch}/sample"), &cookie);
    assert!(nothing.body.contains("Nothing is left to judge"));
    let done = room.get("/hits?judgment=none", &cookie).body;
    assert!(done.contains("All of these are judged."), "{done}");
    let next = room.get("/hits/1/next?q=police", &cookie);
    assert_eq!(
        next.header("location"),
        Some("/hits?q=police&judgment=none")
    );
    room.service.stop().ok();
}

#[test]
fn killed_while_it_writes_it_has_written_all_or_nothing() {
    for point in POINTS {
        let (web, port) = (Web::start("127.0.0.1"), free_port());
        let world = world(&web, &format!("127.0.0.1:{port}"));
        world.once_all();
        let mut command = world.command(&["web"]);
        command.env("NEWSVIGIL_FAULT", format!("{point}:1"));
        let service = Service::spawn(&world, command);
        let room = Room {
            _web: web,
            world,
            service,
            port,
        };
        eventually("an answer", || {
            (room.get("/", "").status == 403).then_some(())
        });
        let is_committed = usize::from(point.ends_with("-committed"));
        let passes = || {
            let listed = room.world.run(&["web", "list", "--json"]).ok().json_lines();
            let pass = |line: &serde_json::Value| line["is"].as_str().map(str::to_owned);
            listed.iter().filter_map(pass).collect::<Vec<String>>()
        };
        if point.starts_with("session") {
            let form = format!("secret={}", room.invite("ana"));
            assert_eq!(room.post("/invitation", OWN, &form).status, 0, "{point}");
            assert_eq!(passes(), [["invited", "in"][is_committed]], "{point}");
            continue;
        }
        let cookie = room.sign_in("ana");
        if point.starts_with("revocation") {
            let mut command = room.world.command(&["web", "revoke", "ana"]);
            command.env("NEWSVIGIL_FAULT", format!("{point}:1"));
            let died = command.output().expect("the program");
            assert!(!died.status.success(), "{point}: {died:?}");
            assert_eq!(passes().len(), 1 - is_committed, "{point}");
            room.service.signal("-TERM");
            continue;
        }
        let own = format!("{OWN}{cookie}");
        let judged = room.post("/hits/1/judgment", &own, "verdict=relevant");
        assert_eq!(judged.status, 0, "{point}: {judged:?}");
        let hits = ["hits", "--judgment", "relevant", "--json"];
        let listed = room.world.run(&hits).ok().json_lines();
        assert_eq!(listed.len(), is_committed, "{point}");
    }
}
