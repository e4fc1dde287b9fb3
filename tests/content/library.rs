//! Banks that are built in, installed and named by path.

use examdeck::content::library::{Library, Place, gather};
use examdeck::engine::text::Text;
use semver::Version;

use super::*;

struct Home(tempfile::TempDir);

impl Home {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        fs::write(&path, bytes).expect("it can be written");
        path
    }

    fn gather(&self, named: &[PathBuf]) -> Library {
        let library = gather(&self.0.path().join("question-bank"), named);
        for problem in &library.problems {
            assert_harmless(problem.as_str());
            assert!(!problem.as_str().contains('\n'), "{problem:?}");
        }
        library
    }
}

fn bank(id: &str, version: &Version, question: &str) -> String {
    HEADER.replace("\"fire\"", &format!("\"{id}\"")).replace("1.0.0", &version.to_string()) + &claim(question)
}

fn built_in() -> Version {
    let library = Home::new().gather(&[]);
    assert_eq!(library.entries.len(), 1);
    library.entries[0].bank.version.clone()
}

fn place<'l>(library: &'l Library, id: &str) -> &'l Place {
    let entries: Vec<_> = library.entries.iter().filter(|e| e.bank.id.as_str() == id).collect();
    assert_eq!(entries.len(), 1, "one of each id");
    &entries[0].place
}

#[test]
fn without_a_data_folder_the_built_in_bank_is_there() {
    let home = Home::new();
    for make in [|_: &Path| (), |p: &Path| fs::create_dir(p).expect("it can be made")] {
        make(&home.0.path().join("question-bank"));
        let library = home.gather(&[]);
        assert_eq!(library.problems, Vec::<Text>::new());
        assert_eq!(library.entries.len(), 1);
        assert_eq!(*place(&library, "mrso"), Place::BuiltIn);
        assert_eq!(library.entries[0].left_out, 0);
    }
}

#[test]
fn banks_of_three_places_stand_in_their_order() {
    let home = Home::new();
    let one = Version::new(1, 0, 0);
    let installed = home.write("question-bank/fire.toml", bank("fire", &one, "a"));
    home.write("question-bank/first-aid/bank.toml", bank("first-aid", &one, "a"));
    home.write("question-bank/first-aid/more/q.toml", claim("b"));
    let named = home.write("elsewhere/water.toml", bank("water", &one, "a"));
    let library = home.gather(std::slice::from_ref(&named));
    assert_eq!(library.problems, Vec::<Text>::new());
    let found: Vec<&str> = library.entries.iter().map(|e| e.bank.id.as_str()).collect();
    assert_eq!(found, ["mrso", "fire", "first-aid", "water"]);
    assert_eq!(*place(&library, "fire"), Place::Installed(installed));
    assert_eq!(*place(&library, "first-aid"), Place::Installed(home.0.path().join("question-bank/first-aid")));
    assert_eq!(*place(&library, "water"), Place::Named(named));
    assert_eq!(library.entries[2].bank.questions.len(), 2);
}

#[test]
fn an_installed_bank_replaces_a_built_in_one_by_a_higher_version_only() {
    let current = built_in();
    let higher = Version::new(current.major, current.minor, current.patch + 1);
    let mut before = current.clone();
    before.pre = semver::Prerelease::new("rc.1").expect("it is one");
    for (version, replaces) in [(before, false), (current, false), (Version::new(0, 0, 1), false), (higher, true)] {
        let home = Home::new();
        let path = home.write("question-bank/mrso.toml", bank("mrso", &version, "mine"));
        let library = home.gather(&[]);
        let expected = if replaces { Place::Installed(path) } else { Place::BuiltIn };
        assert_eq!(*place(&library, "mrso"), expected, "{version}");
    }
}

#[test]
fn the_higher_of_two_installed_versions_counts() {
    for (a, b, best) in [(1, 2, "b.toml"), (2, 1, "a.toml"), (1, 1, "a.toml")] {
        let home = Home::new();
        home.write("question-bank/a.toml", bank("fire", &Version::new(a, 0, 0), "x"));
        home.write("question-bank/b.toml", bank("fire", &Version::new(b, 0, 0), "x"));
        let library = home.gather(&[]);
        assert_eq!(*place(&library, "fire"), Place::Installed(home.0.path().join("question-bank").join(best)));
    }
}

#[test]
fn a_named_bank_replaces_any() {
    let home = Home::new();
    home.write("question-bank/mrso.toml", bank("mrso", &Version::new(999, 0, 0), "installed"));
    let named = home.write("mine.toml", bank("mrso", &Version::new(0, 0, 1), "named"));
    let library = home.gather(std::slice::from_ref(&named));
    assert_eq!(*place(&library, "mrso"), Place::Named(named));
}

#[test]
fn a_broken_bank_is_a_line_and_hides_no_other() {
    let home = Home::new();
    let one = Version::new(1, 0, 0);
    home.write("question-bank/a-syntax.toml", "[bank\nid = ");
    home.write("question-bank/b-bytes.toml", [0u8, 159, 146, 150, 27]);
    home.write("question-bank/c-no-question.toml", HEADER);
    home.write("question-bank/d-all-broken.toml", bank("broken", &one, "x").replace("true", "[]"));
    home.write("question-bank/e-newer.toml", bank("newer", &one, "x").replace("format = 1", "format = 2"));
    home.write("question-bank/f-\u{202e}name.toml", "");
    fs::create_dir_all(home.0.path().join("question-bank/g-folder/bank.toml")).expect("it can be made");
    home.write("question-bank/sound.toml", bank("fire", &one, "x") + "[[questions]]\nid = \"y\n");
    let library = home.gather(&[home.0.path().join("nowhere"), home.0.path().join("question-bank/a-syntax.toml")]);
    let found: Vec<&str> = library.entries.iter().map(|e| e.bank.id.as_str()).collect();
    assert_eq!(found, ["mrso", "fire"]);
    assert_eq!(library.entries[1].left_out, 1);
    let told =
        ["a-syntax", "b-bytes", "c-no-question", "d-all-broken", "e-newer", "f-", "g-folder", "nowhere", "a-syntax"];
    assert_eq!(library.problems.len(), told.len(), "{:?}", library.problems);
    for (problem, name) in library.problems.iter().zip(told) {
        assert!(problem.as_str().contains(name), "{problem:?} is about {name}");
    }
}

#[test]
fn a_named_bank_that_is_broken_leaves_the_built_in_one() {
    let home = Home::new();
    let named = home.write("mine.toml", "[bank]\nid = \"mrso\"\n");
    let library = home.gather(&[named]);
    assert_eq!(*place(&library, "mrso"), Place::BuiltIn);
    assert_eq!(library.problems.len(), 1);
}
