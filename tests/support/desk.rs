//! A student's desk: a data folder of its own, the program started on it, and the database looked at from outside.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use examdeck::engine::day::{Day, day_of};
use examdeck::engine::deck::{CardKey, Side};
use examdeck::engine::record::Grade;
use examdeck::engine::review::{Aim, CardState, LogEntry, Rules, answer};
use examdeck::engine::schedule::{Rating, Scheduler};
use examdeck::engine::slug::Slug;
use examdeck::engine::time::Wall;
use examdeck::storage::{Store, open};
use portable_pty::CommandBuilder;
use rusqlite::Connection;
use serde_json::Value;

use super::pty::Terminal;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_examdeck");
/// A size at which every question of the bank fits.
pub const LARGE: (u16, u16) = (100, 50);

/// A data folder of its own.
pub struct Desk {
    folder: tempfile::TempDir,
}

/// A question of a paper as it was drawn: the options in the order of the screen.
pub struct Drawn {
    pub id: String,
    pub options: Vec<String>,
    /// The identities of `options`, as the steps name them.
    pub identities: Vec<i64>,
}

/// A step of a sitting.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub kind: String,
    pub argument: Option<i64>,
    pub used_ms: i64,
}

/// A sitting's row.
#[derive(Debug)]
pub struct Sitting {
    pub position: i64,
    pub used_ms: i64,
    pub limit_ms: Option<i64>,
    pub ending: Option<String>,
    pub points: Option<f64>,
}

/// What the steps say of one question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    pub picked: BTreeSet<i64>,
    pub struck: BTreeSet<i64>,
    pub flagged: bool,
}

/// A grade in the log of cards.
#[derive(Clone, Debug, PartialEq)]
pub struct Graded {
    pub entry: String,
    pub given: LogEntry,
    pub aim: Aim,
    pub undone: bool,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// Writes a file beside the data folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).expect("the file is written");
        path
    }

    /// Puts a deck of `cards` cards into the data folder: `light-001` asks for light number 001, and so on.
    pub fn install_deck(&self, cards: usize) {
        let mut text =
            "format = 1\n[deck]\nid = \"lights\"\ntitle = \"Harbour lights\"\nversion = \"1.0.0\"\n".to_owned();
        for n in 1..=cards {
            text += &format!(
                "[[cards]]\nid = \"light-{n:03}\"\nfront = \"Where is light {n:03}?\"\nback = \"On pier {n:03}.\"\n"
            );
        }
        let folder = self.data().join("decks");
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join("lights.toml"), text).expect("the deck is written");
    }

    /// A command with nothing of the environment but what the test says.
    pub fn command(&self, program: &str, arguments: &[&str]) -> CommandBuilder {
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", self.folder.path());
        command.env("EXAMDECK_DATA_DIR", self.data());
        for (name, value) in [("TERM", "xterm-256color"), ("TZ", "UTC"), ("LANG", "C.UTF-8"), ("PS1", "ready> ")] {
            command.env(name, value);
        }
        command.cwd(self.folder.path());
        command
    }

    /// The program in a large terminal.
    pub fn open(&self, arguments: &[&str]) -> Terminal {
        Terminal::start(self.command(PROGRAM, arguments), LARGE)
    }

    /// The program in a large terminal, at the first question of a new exam.
    pub fn sit(&self, arguments: &[&str]) -> Terminal {
        let mut terminal = self.open(&[&["exam"], arguments].concat());
        terminal.wait_text("Before the exam");
        terminal.press("\r", "Question 1 of ");
        terminal
    }

    /// The program in a large terminal, gone on with the exam that waits at home.
    pub fn resume(&self) -> Terminal {
        let mut terminal = self.open(&[]);
        terminal.wait_text("› Resume");
        terminal.press("\r", " answered · ");
        terminal
    }

    /// The program without a terminal.
    pub fn plain(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(arguments).env("EXAMDECK_DATA_DIR", self.data()).env("TZ", "UTC").env("HOME", self.folder.path());
        command
    }

    /// The progress database.
    pub fn database(&self) -> Connection {
        Connection::open(self.data().join("progress.db")).expect("the database opens")
    }

    /// The only sitting.
    pub fn sitting(&self) -> Sitting {
        self.database()
            .query_row("SELECT position, used_ms, limit_ms, ending, points FROM exam", [], |row| {
                Ok(Sitting {
                    position: row.get(0)?,
                    used_ms: row.get(1)?,
                    limit_ms: row.get(2)?,
                    ending: row.get(3)?,
                    points: row.get(4)?,
                })
            })
            .expect("one sitting")
    }

    /// The store, as the program has it.
    pub fn store(&self) -> Store {
        open::open(&self.data()).expect("the store opens")
    }

    /// The student knew these cards of the deck at once ten days ago, so they are due now.
    pub fn learn(&self, cards: RangeInclusive<u128>) {
        let mut store = self.store();
        let (at, day) = (Wall(now().0 - 10 * 86_400), Day(today().0 - 10));
        let (before, rules) = (CardState::default(), Rules::default());
        let after = answer(&before, Rating::Easy, &Scheduler::default(), &rules, rules.aim(), at, day);
        for n in cards {
            let key = light(&format!("light-{n:03}"));
            let id = uuid::Uuid::from_u128(n);
            let grade = Grade { id, key, at, day, rating: Rating::Easy, aim: rules.aim(), before, after };
            store.grade(&grade).expect("the grade is written");
        }
    }

    /// The log of cards in the order in which it was written.
    pub fn card_log(&self) -> Vec<Graded> {
        let database = self.database();
        let sql = "SELECT entry, at, day, rating, retention, cap, id IN (SELECT review FROM undone) FROM review ORDER BY rowid";
        let mut query = database.prepare(sql).expect("a query");
        let rows = query
            .query_map([], |row| {
                let rating = Rating::from_number(row.get(3)?).expect("a rating");
                Ok(Graded {
                    entry: row.get(0)?,
                    given: LogEntry { at: Wall(row.get(1)?), day: Day(row.get(2)?), rating },
                    aim: Aim { retention: row.get::<_, f64>(4)? as f32, cap: row.get(5)? },
                    undone: row.get(6)?,
                })
            })
            .expect("rows");
        rows.collect::<Result<_, _>>().expect("grades")
    }

    /// Where the cards of the deck stand, by their entries.
    pub fn card_states(&self) -> BTreeMap<String, CardState> {
        let states = self.store().card_states().expect("the states are read");
        states.into_iter().map(|(key, state)| (key.entry.to_string(), state)).collect()
    }

    /// All that is stored of cards and settings, to the byte.
    pub fn card_tables(&self) -> Vec<String> {
        let database = self.database();
        let read = |sql: &str| -> Vec<String> {
            let mut query = database.prepare(sql).expect("a query");
            query.query_map([], |row| row.get(0)).expect("rows").collect::<Result<_, _>>().expect("texts")
        };
        [
            "SELECT concat_ws('|', deck, entry, side, state) FROM card",
            "SELECT concat_ws('|', id, entry, at, day, rating, before) FROM review ORDER BY rowid",
            "SELECT concat_ws('|', review, at) FROM undone",
            "SELECT concat_ws('|', day, begun, reviews, grades) FROM card_day",
            "SELECT concat_ws('|', name, value) FROM setting",
        ]
        .into_iter()
        .flat_map(read)
        .collect()
    }

    /// How many sittings there are.
    pub fn sittings(&self) -> i64 {
        self.database().query_row("SELECT count(*) FROM exam", [], |row| row.get(0)).expect("a count")
    }

    /// The paper of the only sitting.
    pub fn paper(&self) -> Vec<Drawn> {
        let database = self.database();
        let mut query = database.prepare("SELECT snapshot FROM item ORDER BY position").expect("a query");
        let rows = query.query_map([], |row| row.get::<_, String>(0)).expect("rows");
        rows.map(|json| drawn(&serde_json::from_str(&json.expect("a snapshot")).expect("JSON"))).collect()
    }

    /// The steps of the only sitting.
    pub fn steps(&self) -> Vec<Step> {
        let database = self.database();
        let mut query = database.prepare("SELECT kind, argument, used_ms FROM step ORDER BY number").expect("a query");
        let rows = query
            .query_map([], |row| Ok(Step { kind: row.get(0)?, argument: row.get(1)?, used_ms: row.get(2)? }))
            .expect("rows");
        rows.collect::<Result<_, _>>().expect("steps")
    }

    /// What the steps lead to, worked out here and not by the program: an answer a question.
    pub fn answers(&self) -> Vec<Answer> {
        let database = self.database();
        let multi: Vec<bool> = database
            .prepare("SELECT snapshot FROM item ORDER BY position")
            .and_then(|mut q| q.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>())
            .expect("snapshots")
            .iter()
            .map(|json| serde_json::from_str::<Value>(json).expect("JSON")["kind"] == "multi-answer")
            .collect();
        let mut answers = vec![Answer::default(); multi.len()];
        let mut at = 0;
        for step in self.steps() {
            let argument = step.argument.unwrap_or_default();
            let answer = &mut answers[at];
            match step.kind.as_str() {
                "goto" => at = usize::try_from(argument).expect("a question"),
                "flag" => answer.flagged ^= true,
                "clear" => answer.picked.clear(),
                "pick" if multi[at] && answer.picked.remove(&argument) => {}
                "pick" => {
                    answer.struck.remove(&argument);
                    if !multi[at] {
                        answer.picked.clear();
                    }
                    answer.picked.insert(argument);
                }
                "strike" if answer.struck.remove(&argument) => {}
                "strike" => {
                    answer.picked.remove(&argument);
                    answer.struck.insert(argument);
                }
                _ => {}
            }
        }
        answers
    }
}

fn drawn(snapshot: &Value) -> Drawn {
    let identities: Vec<i64> =
        snapshot["order"].as_array().expect("an order").iter().map(|o| o.as_i64().expect("an option")).collect();
    let text = |i: &i64| snapshot["choices"][usize::try_from(*i).expect("an option")]["text"].as_str();
    let options = identities.iter().map(|i| text(i).expect("a text").to_owned()).collect();
    Drawn { id: snapshot["id"].as_str().expect("an id").to_owned(), options, identities }
}

/// A card of the deck that [`Desk::install_deck`] makes.
pub fn light(entry: &str) -> CardKey {
    let slug = |id: &str| Slug::new(id).expect("an id");
    CardKey { deck: slug("lights"), entry: slug(entry), side: Side::Forward }
}

/// The time.
pub fn now() -> Wall {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970").as_secs();
    Wall(i64::try_from(seconds).expect("a time before the end of all times"))
}

/// The study day of the program, which has the zone UTC.
pub fn today() -> Day {
    day_of(now(), &jiff::tz::TimeZone::UTC)
}

/// The letter of a row on the screen.
pub fn letter(row: usize) -> char {
    char::from(b'A' + u8::try_from(row).expect("a row"))
}

/// The seconds that the exam room's clock shows.
pub fn clock(screen: &str) -> i64 {
    let shown = screen.split('◷').nth(1).expect("a clock").split_whitespace().next().expect("a time");
    shown.split(':').fold(0, |sum, part| sum * 60 + part.parse::<i64>().expect("a number"))
}

/// The folder of the bank that ships.
pub fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("question-bank/mrso")
}
