//! Files that use each other can only be read together, and so can rooms: there are none of `src`.
//!
//! Calls of methods that another file gives to a type have no path and are not seen here: the recursive descent of
//! queries (`chain` of `src/core/watch/parser.rs`, `operand` and `group` of `parser/operand.rs`) is such a circle,
//! and stays.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::house::{code, sources};

/// The path of a module, or of an item, from the root of the crate.
type Place = Vec<String>;

/// What each file, or each room, uses.
type Uses = BTreeMap<Place, BTreeSet<Place>>;

/// The files of `src` as modules.
#[derive(Default)]
struct House {
    /// What each says outside of its `use` lines.
    bodies: BTreeMap<Place, String>,
    /// What each imports.
    imports: Vec<(Place, String)>,
    /// What is known by a name in a module and stands elsewhere.
    elsewhere: BTreeMap<Place, Place>,
}

impl House {
    /// Reads modules, each with its code.
    fn new(modules: Vec<(Place, String)>) -> Self {
        let mut house = Self::default();
        let mut exports = Vec::new();
        for (module, code) in modules {
            let (mut body, mut lines) = (String::new(), code.lines());
            while let Some(line) = lines.next() {
                // That there is a module is no use of what is called so.
                if line.ends_with(';') && line.split(' ').nth_back(1) == Some("mod") {
                    continue;
                }
                let (before, tree) = line.split_once("use ").unwrap_or((line, ""));
                let is_public = before.trim_start().starts_with("pub");
                if tree.is_empty()
                    || !is_public && !before.trim().is_empty()
                    || before.contains('=')
                {
                    body.extend([line, "\n"]);
                    continue;
                }
                let mut tree = tree.to_owned();
                while !tree.contains(';') {
                    let Some(line) = lines.next() else { break };
                    tree.push_str(line.trim());
                }
                let list = if is_public {
                    &mut exports
                } else {
                    &mut house.imports
                };
                list.extend(leaves(tree.trim_end_matches(';')).map(|leaf| (module.clone(), leaf)));
            }
            // Who may see an item is no use: `in` leads nowhere. A range is no field.
            let body = body.replace("pub(in ", "in::").replace("..", " ");
            house.bodies.insert(module, body);
        }
        for (module, leaf) in exports {
            let (path, name) = leaf.split_once(" as ").unwrap_or((&leaf, ""));
            let name = if name.is_empty() {
                path.rsplit("::").next().unwrap_or(path)
            } else {
                name
            };
            // A function that is called as its module leads there anyway.
            let key = [module.clone(), vec![name.to_owned()]].concat();
            let place = house.place(&module, path);
            if let Some(place) = place.filter(|place| !place.starts_with(&key)) {
                house.elsewhere.insert(key, place);
            }
        }
        house
    }

    /// Where a path leads that is written in a module; none out of the crate.
    fn place(&self, module: &[String], path: &str) -> Option<Place> {
        let mut names = path.split("::").map(str::trim).peekable();
        let mut place = module.to_vec();
        match *names.peek()? {
            "crate" => place.clear(),
            "self" | "super" => {}
            child => {
                place.push(child.to_owned());
                if !self.bodies.contains_key(&place) && !self.elsewhere.contains_key(&place) {
                    return None;
                }
                names.next();
            }
        }
        for name in names {
            match name {
                "crate" | "self" => {}
                "super" => drop(place.pop()),
                name => place.push(name.to_owned()),
            }
        }
        Some(place)
    }

    /// The file in which a place lies, re-exports looked through.
    fn file(&self, mut place: Place) -> Place {
        // What stands below a name stands in the module of that name, and not in a function that is called so.
        let leads_on = |place: &[String], length: usize| {
            self.elsewhere.contains_key(&place[..length])
                && (length == place.len() || !self.bodies.contains_key(&place[..length]))
        };
        while let Some(length) = (1..=place.len()).find(|length| leads_on(&place, *length)) {
            place = [&self.elsewhere[&place[..length]], &place[length..]].concat();
        }
        while !place.is_empty() && !self.bodies.contains_key(&place) {
            place.pop();
        }
        place
    }

    /// The files that each file uses.
    fn uses(&self) -> Uses {
        let imports = self
            .imports
            .iter()
            .map(|(module, path)| (module, path.as_str()));
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | ':' | '.');
        let written = self.bodies.iter().flat_map(|(module, body)| {
            let paths = body.split(move |c| !joins(c));
            // What stands behind a dot is a field or a method.
            let paths = paths.filter_map(|path| path.split('.').next());
            // What it re-exports, it may name bare; a variable that is called so counts, too.
            let own = self.elsewhere.keys().filter_map(|key| key.split_last());
            let own = own.filter(|(_, parent)| *parent == module.as_slice());
            let own: BTreeSet<&str> = own.map(|(name, _)| name.as_str()).collect();
            let paths = paths.filter(move |path| path.contains("::") || own.contains(path));
            paths.map(move |path| (module, path))
        });
        let mut uses = Uses::new();
        for (module, path) in imports.chain(written) {
            let path = path.split(" as ").next().unwrap_or(path);
            let file = self.place(module, path).map(|place| self.file(place));
            if let Some(file) = file.filter(|file| file != module && !file.is_empty()) {
                uses.entry(module.clone()).or_default().insert(file);
            }
        }
        uses
    }

    /// The rooms that each room uses; what one re-exports of another it uses, too.
    fn uses_of_rooms(&self) -> Uses {
        let files = self.uses().into_iter();
        let files = files.flat_map(|(file, used)| {
            let used = used.into_iter();
            used.map(move |used| (file.clone(), used))
        });
        let exports = self.elsewhere.iter();
        let exports = exports.map(|(name, place)| (name.clone(), self.file(place.clone())));
        let mut uses = Uses::new();
        for (user, used) in files.chain(exports) {
            let (user, used) = (room(&user), room(&used));
            if user != used {
                uses.entry(user).or_default().insert(used);
            }
        }
        uses
    }
}

/// The room in which a file lies: a child of `src`, or of `src/core`.
fn room(file: &[String]) -> Place {
    let is_of_core = file.first().is_some_and(|name| name == "core");
    file[..file.len().min(1 + usize::from(is_of_core))].to_vec()
}

/// The sets of files, or rooms, of which each uses, over others, all of the set.
fn circles(uses: &Uses) -> BTreeSet<Vec<String>> {
    let reached: BTreeMap<&Place, BTreeSet<&Place>> = uses
        .keys()
        .map(|file| (file, reached(uses, file)))
        .collect();
    let in_circle = uses.keys().filter(|file| reached[*file].contains(file));
    in_circle
        .map(|file| {
            let back = |other: &&&Place| reached.get(**other).is_some_and(|all| all.contains(file));
            let circle = reached[file].iter().filter(back);
            circle.map(|file| file.join("::")).collect()
        })
        .collect()
}

/// What a file uses, also over others.
fn reached<'a>(uses: &'a Uses, file: &'a Place) -> BTreeSet<&'a Place> {
    let (mut reached, mut open) = (BTreeSet::new(), vec![file]);
    while let Some(file) = open.pop() {
        let next = uses.get(file).into_iter().flatten();
        open.extend(next.filter(|next| reached.insert(*next)));
    }
    reached
}

/// The paths of a `use` tree.
fn leaves(tree: &str) -> Box<dyn Iterator<Item = String>> {
    let Some((front, inside)) = tree.split_once('{') else {
        return Box::new(std::iter::once(tree.trim().to_owned()));
    };
    let inside = inside.trim_end().trim_end_matches('}');
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for c in inside.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if c == ',' && depth == 0 {
            parts.push(String::new());
        } else if let Some(part) = parts.last_mut() {
            part.push(c);
        }
    }
    let front = front.trim().to_owned();
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    Box::new(parts.flat_map(move |part| leaves(&format!("{front}{}", part.trim()))))
}

fn house() -> House {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let modules = files.into_iter().map(|file| {
        let path = file
            .strip_prefix(&root)
            .expect("a file of src")
            .with_extension("");
        let names = path.iter().map(|name| name.to_string_lossy().into_owned());
        let names = names.filter(|name| name != "mod" && name != "lib");
        (names.collect(), code(&file))
    });
    House::new(modules.collect())
}

#[test]
fn no_files_use_each_other() {
    let found = circles(&house().uses());
    assert!(found.is_empty(), "files that use each other: {found:#?}");
}

#[test]
fn no_rooms_use_each_other() {
    let found = circles(&house().uses_of_rooms());
    assert!(found.is_empty(), "rooms that use each other: {found:#?}");
}

/// A module with this path and code.
fn module(name: &str, code: &str) -> (Place, String) {
    let path = name.split("::").filter(|name| !name.is_empty());
    (path.map(str::to_owned).collect(), code.to_owned())
}

#[test]
fn a_room_of_core_uses_only_those_that_its_table_names_before() {
    let table = include_str!("../../src/core/mod.rs").lines();
    let rows = table.filter_map(|line| line.strip_prefix("//! | [`")?.split('`').next());
    let order: Vec<Place> = rows
        .map(|name| vec!["core".to_owned(), name.to_owned()])
        .collect();
    let row = |room: &Place| order.iter().position(|known| known == room);
    let uses = house().uses_of_rooms().into_iter();
    for (user, all) in uses.filter(|(user, _)| user.len() == 2) {
        let is_before = |used: &&Place| row(used).is_some_and(|used| Some(used) < row(&user));
        let above = all.iter().find(|used| !is_before(used));
        assert_eq!(
            above, None,
            "{user:?} uses what its table does not name before it"
        );
    }
}

#[test]
fn a_circle_is_found_through_re_exports_groups_and_children_and_without_a_use_line() {
    let circles_with = |last: &str| {
        let house = House::new(vec![
            module("", "pub mod a;\npub mod b;"),
            module("a", "mod inner;\npub use inner::Thing;\nuse std::fmt;"),
            module("a::inner", "pub struct Thing(crate::b::Other);"),
            module("b", last),
        ]);
        circles(&house.uses())
    };
    let circle = BTreeSet::from([vec!["a::inner".to_owned(), "b".to_owned()]]);
    assert_eq!(
        circles_with("use super::{\n    a::{self, Thing as One},\n};"),
        circle
    );
    assert_eq!(circles_with("fn of(thing: crate::a::Thing) {}"), circle);
    assert_eq!(
        circles_with("pub(in crate::a) struct Other;"),
        BTreeSet::new()
    );
    let parent = House::new(vec![
        module("a", "mod merge;\nfn all() { merge::join(Item) }"),
        module("a::merge", "use super::Item;"),
    ]);
    let circle = vec!["a".to_owned(), "a::merge".to_owned()];
    assert_eq!(circles(&parent.uses()), BTreeSet::from([circle]));
    let bare = House::new(vec![
        module("a", "mod inner;\npub use inner::Thing;\nfn f(t: Thing) {}"),
        module("a::inner", "use super::Other;"),
    ]);
    let circle = vec!["a".to_owned(), "a::inner".to_owned()];
    assert_eq!(circles(&bare.uses()), BTreeSet::from([circle]));
    let function = House::new(vec![
        module("a", "mod poll;\npub use poller::poll;"),
        module("a::poll", "pub struct Due;"),
        module("a::poller", "use record::Record;"),
        module("a::poller::record", "use crate::a::poll::Due;"),
    ]);
    assert_eq!(circles(&function.uses()), BTreeSet::new());
}

#[test]
fn a_circle_of_rooms_is_found_where_no_files_use_each_other() {
    let circles_of = |export: &str| {
        let house = House::new(vec![
            module("core", "pub mod feed;\npub mod text;"),
            module("core::feed", "use crate::core::text::line::Line;"),
            module("core::feed::date", "pub struct Date;"),
            module("core::text::line", "pub struct Line;"),
            module("core::text", export),
            module("store", "use crate::core::feed::date::Date;"),
        ]);
        assert_eq!(circles(&house.uses()), BTreeSet::new());
        circles(&house.uses_of_rooms())
    };
    let circle = BTreeSet::from([vec!["core::feed".to_owned(), "core::text".to_owned()]]);
    assert_eq!(circles_of("use super::feed::date::Date;"), circle);
    assert_eq!(circles_of("pub use super::feed::date::Date;"), circle);
    assert_eq!(circles_of("pub use line::Line;"), BTreeSet::new());
}
