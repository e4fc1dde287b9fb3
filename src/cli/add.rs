//! `examdeck add`: installs a bank or a deck.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::exchange::add::{Order, add};
use crate::exchange::signature::Key;
use crate::runtime::loader;

use super::{Status, pack};

/// What was typed.
#[derive(Args, Clone, Debug)]
pub struct Orders {
    /// An archive (.examdeck, .zip), a .toml file, or a folder
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Take the place of a higher version too
    #[arg(long)]
    pub downgrade: bool,
    /// The author's minisign public key, or its file: the signature beside the archive must be of it. It is remembered
    #[arg(long, value_name = "KEY")]
    pub trust: Option<String>,
}

/// Installs what `orders` name, if it has no error, and says what has changed.
pub fn run(orders: &Orders, data_dir: &Path, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let trust = match orders.trust.as_deref().map(Key::typed).transpose() {
        Ok(trust) => trust,
        Err(refused) => return pack::complain(&refused, err),
    };
    let order = Order { path: &orders.path, downgrade: orders.downgrade, trust: trust.as_ref() };
    match add(order, &loader::places(data_dir), &mut |_| {}) {
        Ok(added) => {
            added.lines().iter().try_for_each(|line| writeln!(out, "{line}"))?;
            Ok(Status::Ok)
        }
        Err(refused) => pack::complain(&refused, err),
    }
}
