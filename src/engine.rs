//! The rules of examining: pure, total, and free of files, clocks, threads and terminals.
//!
//! Time and randomness are arguments. A [`bank::Bank`] is valid by construction (only `content` makes one),
//! [`draw`] turns it into a [`paper::Paper`], [`exam::Exam`] is one sitting of that paper, and [`score`] marks it.

pub mod activity;
pub mod answer;
pub mod bank;
pub mod blueprint;
pub mod chance;
pub mod day;
pub mod deck;
pub mod diff;
pub mod draw;
pub mod drill;
pub mod enemies;
pub mod evidence;
pub mod exam;
pub mod fault;
pub mod filter;
pub mod guide;
pub mod holdings;
pub mod interval;
pub mod item_statistics;
pub mod latin;
pub mod learner;
pub mod markup;
pub mod mastery;
pub mod paper;
pub mod phrase;
pub mod plan;
pub mod progress;
pub mod qualify;
pub mod question;
pub mod queue;
pub mod readability;
pub mod readiness;
pub mod record;
pub mod review;
pub mod schedule;
pub mod score;
pub mod search;
pub mod slug;
pub mod standing;
pub mod stock;
pub mod sums;
pub mod tally;
pub mod text;
pub mod time;
pub mod words;
