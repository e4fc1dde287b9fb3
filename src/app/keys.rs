//! The key table. Dispatch, footer, help and the README all read it, so that none can say what another does not do.

use super::input::Key;

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first screen.
    Home,
    /// Before an exam.
    Setup,
    /// The exam room.
    Room,
    /// Typing a question's number in the exam room.
    GoTo,
    /// The review before the end.
    Review,
    /// Asked whether the exam is to end.
    Confirm,
    /// The result.
    Result,
    /// Going through the answers.
    Walk,
    /// The list of sittings.
    History,
    /// The list of banks.
    Banks,
    /// The list of decks.
    Decks,
    /// A sitting with cards.
    Cards,
    /// Figures of progress.
    Progress,
    /// A bank as its author is writing it.
    Preview,
    /// What is found in that bank.
    Findings,
    /// Before a drill.
    DrillSetup,
    /// A drilled question.
    Drill,
    /// Its answer.
    DrillAnswer,
    /// The end of a drill.
    DrillEnd,
    /// The mistakes book.
    Mistakes,
    /// The search.
    Search,
    /// A question that is looked at.
    Question,
    /// A card that is looked at.
    Card,
    /// The list of guides.
    Guides,
    /// A guide that is read.
    Guide,
    /// The contents of a guide.
    Contents,
    /// Typing a line.
    Prompt,
    /// Typing the path of a bank or a deck.
    PathPrompt,
    /// Asked whether a bank or a deck is to be removed.
    Removal,
    /// The help.
    Help,
}

impl Context {
    /// Every context, in the order of the documentation.
    pub const ALL: [Context; 30] = [
        Context::Home,
        Context::Setup,
        Context::Room,
        Context::GoTo,
        Context::Review,
        Context::Confirm,
        Context::Result,
        Context::Walk,
        Context::History,
        Context::Banks,
        Context::Decks,
        Context::Cards,
        Context::Progress,
        Context::Preview,
        Context::Findings,
        Context::DrillSetup,
        Context::Drill,
        Context::DrillAnswer,
        Context::DrillEnd,
        Context::Mistakes,
        Context::Search,
        Context::Question,
        Context::Card,
        Context::Guides,
        Context::Guide,
        Context::Contents,
        Context::Prompt,
        Context::PathPrompt,
        Context::Removal,
        Context::Help,
    ];

    /// Its name for readers.
    pub fn title(self) -> &'static str {
        match self {
            Context::Home => "Home",
            Context::Setup => "Before an exam",
            Context::Room => "The exam room",
            Context::GoTo => "Going to a question by its number",
            Context::Review => "Review before the end",
            Context::Confirm => "Ending the exam",
            Context::Result => "Result",
            Context::Walk => "Going through the answers",
            Context::History => "Past exams",
            Context::Banks => "Banks and decks",
            Context::Decks => "Decks",
            Context::Cards => "Flash cards",
            Context::Progress => "Progress",
            Context::Preview => "The preview of a bank",
            Context::Findings => "What is found in a bank",
            Context::DrillSetup => "Before a drill",
            Context::Drill => "Drill: a question",
            Context::DrillAnswer => "Drill: its answer",
            Context::DrillEnd => "Drill: the end",
            Context::Mistakes => "Mistakes book",
            Context::Search => "Search",
            Context::Question => "A question",
            Context::Card => "A card",
            Context::Guides => "Study guide",
            Context::Guide => "Reading a guide",
            Context::Contents => "Contents of a guide",
            Context::Prompt => "Typing a line",
            Context::PathPrompt => "Typing the path of a bank or a deck",
            Context::Removal => "Removing a bank or a deck",
            Context::Help => "Help",
        }
    }
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// Cursor up.
    Up,
    /// Cursor down.
    Down,
    /// Back: the option, page or question before.
    Left,
    /// On: the option, page or question after.
    Right,
    /// Text up a page.
    PageUp,
    /// Text down a page.
    PageDown,
    /// To the first.
    First,
    /// To the last.
    Last,
    /// Opens, starts, or goes on.
    Open,
    /// Back a level.
    Back,
    /// Leaves the program; everything is saved.
    Quit,
    /// Stops the program until the shell continues it.
    Suspend,
    /// Shows the help.
    Help,
    /// Chooses the option at the cursor.
    Choose,
    /// Chooses an option by its row, from 0.
    Pick(u8),
    /// Takes the answer back.
    Clear,
    /// Flags the question.
    Flag,
    /// Marks the answer as a guess.
    Guess,
    /// Asks for a filter.
    Filter,
    /// Strikes the option at the cursor out.
    Strike,
    /// Asks for a question's number.
    GoTo,
    /// To the review.
    Review,
    /// Hides or shows the clock.
    Clock,
    /// Ends the exam, after a confirmation.
    End,
    /// Confirms.
    Yes,
    /// All questions.
    All,
    /// Unanswered questions only.
    Unanswered,
    /// Flagged questions only.
    Flagged,
    /// Questions not seen yet only.
    NotSeen,
    /// Questions answered wrong only.
    Wrong,
    /// A new exam.
    New,
    /// The list of sittings.
    History,
    /// The list of banks and decks.
    Banks,
    /// Asks for the path of a bank or a deck to add.
    Add,
    /// Removes a bank or a deck, after a confirmation.
    Remove,
    /// Shows the back of a card; then grades it Good.
    Turn,
    /// Grades a card: 1 again, 2 hard, 3 good, 4 easy.
    Grade(u8),
    /// Takes the last grade back.
    Undo,
    /// Sets a card aside until tomorrow.
    Bury,
    /// Sets a card aside until it is taken in again.
    SetAside,
    /// Takes suspended cards in again.
    TakeIn,
    /// Goes through all cards without touching their schedule.
    Cram,
    /// Asks for the date of the exam.
    Date,
    /// The decks.
    Decks,
    /// The figures of progress.
    Progress,
    /// Shows the streak, or hides it.
    Streak,
    /// A drill.
    Drill,
    /// The mistakes book.
    Mistakes,
    /// Makes a card of a question.
    MakeCard,
    /// Make a certificate of the exam.
    Certificate,
    /// Opens an editor at the place.
    Edit,
    /// The list of findings.
    Findings,
    /// Searches.
    Search,
    /// Puts a bookmark on a question, or takes it away.
    Bookmark,
    /// Asks for a note on a question.
    Note,
    /// Asks what is wrong with a question.
    Fault,
    /// The guides.
    Guides,
    /// Opens the section of the guide that explains a question.
    Explain,
    /// The contents of the guide.
    Contents,
    /// To the section after.
    NextSection,
    /// To the section before.
    PreviousSection,
    /// To a section by its number, from 0.
    Section(u8),
    /// Marks a section as read, or takes the mark away.
    MarkRead,
    /// Asks for words to look for.
    Find,
    /// To the next place where they stand.
    NextHit,
    /// To the place before.
    PreviousHit,
    /// A digit of a number.
    Digit(u8),
    /// Takes the last digit back.
    Erase,
}

/// One row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    /// Where it holds.
    pub on: &'static [Context],
    /// The keys, the one to show first.
    pub keys: &'static [Key],
    /// What they do.
    pub action: Action,
    /// The footer's word, if the footer shows it. Neighbours with the same word share one entry.
    pub footer: Option<&'static str>,
    /// What the help says. Neighbours with the same words share one line.
    pub help: &'static str,
}

use Action as A;
use Context as C;
use Key::{Backspace, Char, Ctrl, Down, End, Enter, Esc, Home, Left, PageDown, PageUp, Right, Tab, Up};

const LISTS: &[Context] = &[C::Home, C::History, C::Banks, C::Decks, C::Mistakes, C::Guides, C::Contents, C::Findings];
const EVERYWHERE: &[Context] = &[
    C::Home,
    C::Setup,
    C::Room,
    C::GoTo,
    C::Review,
    C::Confirm,
    C::Result,
    C::Walk,
    C::History,
    C::Banks,
    C::Decks,
    C::Cards,
    C::Progress,
    C::Preview,
    C::Findings,
    C::DrillSetup,
    C::Drill,
    C::DrillAnswer,
    C::DrillEnd,
    C::Mistakes,
    C::Search,
    C::Question,
    C::Card,
    C::Guides,
    C::Guide,
    C::Contents,
    C::Prompt,
    C::PathPrompt,
    C::Removal,
    C::Help,
];
const TEXTS: &[Context] = &[
    C::Home,
    C::Setup,
    C::Room,
    C::Result,
    C::Walk,
    C::Banks,
    C::Decks,
    C::Cards,
    C::Progress,
    C::Preview,
    C::Findings,
    C::DrillSetup,
    C::Drill,
    C::DrillAnswer,
    C::DrillEnd,
    C::Mistakes,
    C::Search,
    C::Question,
    C::Card,
    C::Guides,
    C::Guide,
    C::Contents,
    C::Help,
];
/// Where one may search, which is not in an exam: the screens whose footers have room to say so, and the others.
const SEARCHED: &[Context] = &[C::Home, C::History, C::Banks, C::Decks];
const SEARCHED_TOO: &[Context] = &[
    C::Setup,
    C::Result,
    C::Walk,
    C::Cards,
    C::Progress,
    C::DrillSetup,
    C::DrillAnswer,
    C::DrillEnd,
    C::Mistakes,
    C::Question,
    C::Card,
];
/// Where a question stands with its answer.
const ANSWERED: &[Context] = &[C::Walk, C::DrillAnswer, C::Question];
/// What is scrolled by lines.
const SCROLLED: &[Context] =
    &[C::Result, C::Walk, C::Cards, C::Guide, C::Preview, C::Question, C::Card, C::DrillAnswer, C::DrillEnd, C::Help];
/// Where a question is answered.
const QUESTION: &[Context] = &[C::Room, C::Drill];

const fn row(
    on: &'static [Context],
    keys: &'static [Key],
    action: Action,
    footer: Option<&'static str>,
    help: &'static str,
) -> Binding {
    Binding { on, keys, action, footer, help }
}

const SECTION: &str = "go to the section with that number";
const PICK: &str = "choose the option with that letter or number";

/// The table, in the order of help and footer.
pub const BINDINGS: &[Binding] = &[
    // The exam room's own keys come first: they are the ones a footer must show.
    row(QUESTION, &[Char('a'), Char('1')], A::Pick(0), Some("answer"), PICK),
    row(QUESTION, &[Char('b'), Char('2')], A::Pick(1), Some("answer"), PICK),
    row(QUESTION, &[Char('c'), Char('3')], A::Pick(2), Some("answer"), PICK),
    row(QUESTION, &[Char('d'), Char('4')], A::Pick(3), Some("answer"), PICK),
    row(QUESTION, &[Char('e'), Char('5')], A::Pick(4), Some("answer"), PICK),
    row(QUESTION, &[Char('6')], A::Pick(5), None, PICK),
    row(QUESTION, &[Char('7')], A::Pick(6), None, PICK),
    row(QUESTION, &[Char('8')], A::Pick(7), None, PICK),
    row(QUESTION, &[Char('9')], A::Pick(8), None, PICK),
    row(&[C::Room], &[Enter], A::Open, Some("next"), "go on: the rest of a long question, then the next one"),
    row(
        &[C::Drill],
        &[Enter],
        A::Open,
        Some("check"),
        "the rest of a long question, then check the answer; it is final",
    ),
    row(
        &[C::Drill],
        &[Char('u')],
        A::Guess,
        Some("guess"),
        "unsure: say that your answer is a guess; a right guess is not known",
    ),
    row(
        &[C::DrillAnswer],
        &[Enter, Right, Char('l'), Char('n')],
        A::Open,
        Some("next"),
        "go on: the rest of a long answer, then the next question",
    ),
    row(&[C::Room], &[Char('f')], A::Flag, Some("flag"), "flag the question to come back to it"),
    row(&[C::Room], &[Char('r')], A::Review, Some("review"), "review all questions; the exam is ended from there"),
    row(&[C::Room], &[Left, Char('h'), Char('p')], A::Left, Some("move"), "the question before, the question after"),
    row(&[C::Room], &[Right, Char('l'), Char('n')], A::Right, Some("move"), "the question before, the question after"),
    row(
        QUESTION,
        &[Char('x')],
        A::Strike,
        Some("strike out"),
        "strike the option at the cursor out, or take that back",
    ),
    row(&[C::Room], &[Char('g')], A::GoTo, Some("go to"), "go to a question by its number"),
    row(&[C::Room], &[Char('u')], A::Guess, None, "unsure: mark your answer as a guess; the score does not change"),
    row(QUESTION, &[Up, Char('k')], A::Up, None, "move the cursor over the options"),
    row(QUESTION, &[Down, Char('j')], A::Down, None, "move the cursor over the options"),
    row(QUESTION, &[Char(' ')], A::Choose, None, "choose the option at the cursor"),
    row(QUESTION, &[Backspace], A::Clear, None, "take the whole answer back"),
    row(&[C::Room], &[Char('t')], A::Clock, None, "hide or show the clock; it comes back at 5 minutes"),
    row(&[C::Room], &[Home], A::First, None, "the first question, the last question"),
    row(&[C::Room], &[Char('G'), End], A::Last, None, "the first question, the last question"),
    row(&[C::Drill], &[Char('f')], A::Flag, None, "flag the question, so that you find it again"),
    row(&[C::Drill], &[Char('t')], A::Clock, None, "hide or show the clock of a sprint"),
    row(&[C::DrillEnd], &[Enter, Char('w')], A::Wrong, Some("missed ones"), "go through the questions that you missed"),
    row(&[C::DrillEnd], &[Char('n')], A::New, Some("once more"), "another drill of this kind"),
    row(&[C::Drill, C::DrillAnswer], &[Char('S')], A::End, Some("end"), "end the drill; every answer counts already"),
    // Numbers
    row(&[C::GoTo, C::Setup], &[Char('0')], A::Digit(0), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('1')], A::Digit(1), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('2')], A::Digit(2), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('3')], A::Digit(3), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('4')], A::Digit(4), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('5')], A::Digit(5), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('6')], A::Digit(6), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('7')], A::Digit(7), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('8')], A::Digit(8), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Char('9')], A::Digit(9), None, "type the number"),
    row(&[C::GoTo, C::Setup], &[Backspace], A::Erase, None, "take the last digit back"),
    row(&[C::GoTo], &[Enter], A::Open, Some("go"), "go there"),
    row(&[C::GoTo], &[Esc], A::Back, Some("stay"), "stay at this question"),
    // Lists
    row(LISTS, &[Up, Char('k')], A::Up, Some("move"), "move"),
    row(LISTS, &[Down, Char('j')], A::Down, Some("move"), "move"),
    row(LISTS, &[Home, Char('g')], A::First, None, "the first, the last"),
    row(LISTS, &[End, Char('G')], A::Last, None, "the first, the last"),
    row(LISTS, &[Enter, Right, Char('l')], A::Open, Some("open"), "open"),
    // Before an exam
    row(&[C::Setup, C::DrillSetup], &[Up, Char('k')], A::Up, Some("move"), "move"),
    row(&[C::Setup, C::DrillSetup], &[Down, Char('j')], A::Down, Some("move"), "move"),
    row(&[C::Setup, C::DrillSetup], &[Left, Char('h')], A::Left, Some("change"), "change the setting"),
    row(&[C::Setup, C::DrillSetup], &[Right, Char('l')], A::Right, Some("change"), "change the setting"),
    row(&[C::Setup], &[Enter], A::Open, Some("start"), "start the exam with these settings"),
    row(&[C::DrillSetup], &[Char('f')], A::Filter, Some("filter"), "type a filter: which questions to drill"),
    row(&[C::DrillSetup], &[Enter], A::Open, Some("start"), "start the drill, or go on with the one that waits"),
    row(&[C::Mistakes], &[Char('d')], A::Drill, Some("drill"), "drill the questions of the book"),
    // Cards
    row(&[C::Decks], &[Char('c')], A::Cram, Some("cram"), "cram: go through all cards without touching their schedule"),
    row(&[C::Decks], &[Char('r')], A::TakeIn, None, "take the suspended cards of the deck in again"),
    row(&[C::Cards], &[Char(' '), Enter], A::Turn, Some("turn"), "show the answer; then the same as 3"),
    row(&[C::Cards], &[Char('1')], A::Grade(1), Some("grade"), "grade the card: again, hard, good, easy"),
    row(&[C::Cards], &[Char('2')], A::Grade(2), Some("grade"), "grade the card: again, hard, good, easy"),
    row(&[C::Cards], &[Char('3')], A::Grade(3), Some("grade"), "grade the card: again, hard, good, easy"),
    row(&[C::Cards], &[Char('4')], A::Grade(4), Some("grade"), "grade the card: again, hard, good, easy"),
    row(&[C::Cards], &[Char('u')], A::Undo, Some("undo"), "take the last grade back; as often as you like"),
    row(&[C::Cards], &[Char('b')], A::Bury, Some("bury"), "bury: set the card aside until tomorrow"),
    row(
        &[C::Cards],
        &[Char('s')],
        A::SetAside,
        Some("suspend"),
        "suspend: set the card aside until you take it in again",
    ),
    // Typed lines
    row(&[C::Prompt], &[Enter], A::Open, Some("done"), "take the line; an empty one takes away what was there"),
    row(&[C::Prompt], &[Esc], A::Back, Some("leave"), "leave it as it was"),
    row(&[C::Search], &[Up], A::Up, Some("move"), "move over what was found"),
    row(&[C::Search], &[Down], A::Down, Some("move"), "move over what was found"),
    row(&[C::Search], &[Enter], A::Open, Some("open"), "open it"),
    row(&[C::Search], &[Esc], A::Back, Some("back"), "back"),
    row(&[C::Search, C::Prompt], &[Left], A::Left, None, "move in the line"),
    row(&[C::Search, C::Prompt], &[Right], A::Right, None, "move in the line"),
    row(&[C::Search, C::Prompt], &[Home], A::First, None, "to the beginning of the line, to its end"),
    row(&[C::Search, C::Prompt], &[End], A::Last, None, "to the beginning of the line, to its end"),
    row(&[C::Search, C::Prompt], &[Backspace], A::Erase, None, "take back a character, a word, the whole line"),
    row(&[C::Search, C::Prompt], &[Ctrl('w')], A::Erase, None, "take back a character, a word, the whole line"),
    row(
        &[C::Search, C::Prompt],
        &[Ctrl('u')],
        A::Clear,
        Some("empty"),
        "take back a character, a word, the whole line",
    ),
    // The guide
    row(&[C::Guide], &[Char('s'), Char(']')], A::NextSection, Some("section"), "the next section, the section before"),
    row(
        &[C::Guide],
        &[Char('S'), Char('[')],
        A::PreviousSection,
        Some("section"),
        "the next section, the section before",
    ),
    row(&[C::Guide], &[Char('t')], A::Contents, Some("contents"), "the contents, to go to a section"),
    row(&[C::Guide], &[Char('/')], A::Find, Some("find"), "find words in this guide"),
    row(&[C::Guide], &[Char('n')], A::NextHit, None, "the next place where the words stand, the place before"),
    row(&[C::Guide], &[Char('N')], A::PreviousHit, None, "the next place where the words stand, the place before"),
    row(
        &[C::Guide, C::Contents],
        &[Char('r')],
        A::MarkRead,
        Some("read"),
        "mark the section as read, or take that back",
    ),
    row(
        &[C::Guide, C::Contents],
        &[Char('d')],
        A::Drill,
        Some("drill"),
        "drill the questions that the section explains",
    ),
    row(&[C::Guide], &[Char('1')], A::Section(0), None, SECTION),
    row(&[C::Guide], &[Char('2')], A::Section(1), None, SECTION),
    row(&[C::Guide], &[Char('3')], A::Section(2), None, SECTION),
    row(&[C::Guide], &[Char('4')], A::Section(3), None, SECTION),
    row(&[C::Guide], &[Char('5')], A::Section(4), None, SECTION),
    row(&[C::Guide], &[Char('6')], A::Section(5), None, SECTION),
    row(&[C::Guide], &[Char('7')], A::Section(6), None, SECTION),
    row(&[C::Guide], &[Char('8')], A::Section(7), None, SECTION),
    row(&[C::Guide], &[Char('9')], A::Section(8), None, SECTION),
    row(&[C::Guide], &[Home, Char('g')], A::First, None, "the beginning, the end"),
    row(&[C::Guide], &[End, Char('G')], A::Last, None, "the beginning, the end"),
    row(&[C::Guide], &[Left, Char('h')], A::Left, None, "move a drawing that is wider than the screen"),
    row(&[C::Guide], &[Right, Char('l')], A::Right, None, "move a drawing that is wider than the screen"),
    // Preview
    row(&[C::Preview], &[Left, Char('h'), Char('p')], A::Left, Some("move"), "the question before, the question after"),
    row(
        &[C::Preview],
        &[Right, Char('l'), Char('n')],
        A::Right,
        Some("move"),
        "the question before, the question after",
    ),
    row(
        &[C::Preview],
        &[Char(' '), Enter],
        A::Turn,
        Some("answer"),
        "show or hide the answers and what is said of them",
    ),
    row(
        &[C::Preview, C::Findings],
        &[Char('e')],
        A::Edit,
        Some("edit"),
        "open $VISUAL or $EDITOR there; what is saved is shown at once",
    ),
    row(&[C::Preview], &[Char('f')], A::Findings, Some("findings"), "list what is found in the bank"),
    row(&[C::Preview], &[Char('g')], A::GoTo, Some("go to"), "go to a question by its number"),
    row(&[C::Preview], &[Home], A::First, None, "the first question, the last question"),
    row(&[C::Preview], &[Char('G'), End], A::Last, None, "the first question, the last question"),
    row(&[C::Preview], &[Char('q'), Esc], A::Quit, Some("quit"), "leave the preview"),
    row(
        &[C::Banks],
        &[Char('+'), Char('i')],
        A::Add,
        Some("add"),
        "add a bank or a deck: a file or folder that you name",
    ),
    row(&[C::Banks], &[Char('x')], A::Remove, Some("remove"), "remove the bank or deck, after a confirmation"),
    row(&[C::PathPrompt], &[Enter], A::Open, Some("add"), "check the bank or deck, and add it"),
    row(&[C::PathPrompt], &[Esc], A::Back, Some("leave"), "add nothing"),
    row(&[C::Removal], &[Char('y')], A::Yes, Some("remove it"), "remove it; what you have answered stays"),
    row(&[C::Removal], &[Esc, Char('n')], A::Back, Some("keep it"), "keep it"),
    // Review
    row(&[C::Review], &[Up, Char('k')], A::Up, Some("move"), "move over the questions"),
    row(&[C::Review], &[Down, Char('j')], A::Down, Some("move"), "move over the questions"),
    row(&[C::Review], &[Left, Char('h')], A::Left, Some("move"), "move over the questions"),
    row(&[C::Review], &[Right, Char('l')], A::Right, Some("move"), "move over the questions"),
    row(&[C::Review], &[Home, Char('g')], A::First, None, "the first, the last"),
    row(&[C::Review], &[End, Char('G')], A::Last, None, "the first, the last"),
    row(&[C::Review], &[Enter], A::Open, Some("go there"), "go to the question"),
    row(&[C::Review], &[Char('S')], A::End, Some("end"), "end the exam, after a confirmation"),
    row(&[C::Review], &[Char('u')], A::Unanswered, Some("unanswered"), "show unanswered questions only"),
    row(&[C::Review], &[Char('f')], A::Flagged, Some("flagged"), "show flagged questions only"),
    row(&[C::Review], &[Char('n')], A::NotSeen, Some("not seen"), "show questions not seen yet only"),
    row(&[C::Review], &[Char('a')], A::All, Some("all"), "show all questions"),
    row(&[C::Confirm], &[Char('y')], A::Yes, Some("end the exam"), "end the exam; the score follows"),
    row(&[C::Confirm], &[Esc, Char('n')], A::Back, Some("go on"), "go on with the exam"),
    // Result and answers
    row(&[C::Result], &[Enter], A::Open, Some("go through the answers"), "go through all answers"),
    row(&[C::Result], &[Char('w')], A::Wrong, Some("wrong ones"), "go through the wrong answers"),
    row(&[C::Result], &[Char('f')], A::Flagged, Some("flagged"), "go through the flagged questions"),
    row(&[C::Result], &[Char('n')], A::New, Some("new exam"), "a new exam on this bank"),
    row(
        &[C::Result],
        &[Char('c')],
        A::Certificate,
        Some("certificate"),
        "a certificate of it, if it was the whole exam and passed",
    ),
    row(&[C::Walk], &[Left, Char('h'), Char('p')], A::Left, Some("move"), "the question before, the question after"),
    row(
        &[C::Walk],
        &[Right, Enter, Char('l'), Char('n')],
        A::Right,
        Some("move"),
        "the question before, the question after",
    ),
    row(&[C::Walk], &[Char('a')], A::All, Some("all"), "go through all answers"),
    row(&[C::Walk], &[Char('w')], A::Wrong, Some("wrong"), "go through the wrong answers only"),
    row(&[C::Walk], &[Char('f')], A::Flagged, Some("flagged"), "go through the flagged questions only"),
    row(&[C::Walk], &[Home, Char('g')], A::First, None, "the first, the last"),
    row(&[C::Walk], &[End, Char('G')], A::Last, None, "the first, the last"),
    // Progress
    row(&[C::Progress], &[Left, Char('h')], A::Left, Some("page"), "the page before, the page after"),
    row(&[C::Progress], &[Right, Tab, Char('l')], A::Right, Some("page"), "the page before, the page after"),
    row(&[C::Progress], &[Up, Char('k')], A::Up, Some("scroll"), "scroll a line"),
    row(&[C::Progress], &[Down, Char('j')], A::Down, Some("scroll"), "scroll a line"),
    row(&[C::Progress], &[Char('s')], A::Streak, Some("streak"), "show the streak of days of study, or hide it"),
    // What is put on a question
    row(
        ANSWERED,
        &[Char('o')],
        A::Explain,
        Some("guide"),
        "open the section of the study guide that explains the question",
    ),
    row(ANSWERED, &[Char('*')], A::Bookmark, Some("mark"), "put a bookmark on the question, or take it away"),
    row(ANSWERED, &[Char('i')], A::Note, Some("note"), "write a note of your own on the question"),
    row(
        ANSWERED,
        &[Char('!')],
        A::Fault,
        Some("report"),
        "report the question as faulty; an empty line takes the report back",
    ),
    row(ANSWERED, &[Char('m')], A::MakeCard, None, "make a flash card of the question in your own deck"),
    row(SCROLLED, &[Up, Char('k')], A::Up, None, "scroll a line"),
    row(SCROLLED, &[Down, Char('j')], A::Down, None, "scroll a line"),
    // Everywhere
    row(SEARCHED, &[Char('/')], A::Search, Some("search"), "search questions, cards and the guide"),
    row(SEARCHED_TOO, &[Char('/')], A::Search, None, "search questions, cards and the guide"),
    row(TEXTS, &[PageUp, Ctrl('b')], A::PageUp, None, "scroll a page"),
    row(TEXTS, &[PageDown, Ctrl('f')], A::PageDown, None, "scroll a page"),
    row(&[C::Guide], &[Char(' ')], A::PageDown, None, "read on: the next page"),
    row(&[C::Home, C::Result], &[Tab, Char('e')], A::History, None, "past and unfinished exams"),
    row(&[C::Home], &[Char('w')], A::Drill, None, "a drill, the weakest first"),
    row(&[C::Home], &[Char('m')], A::Mistakes, None, "the mistakes book"),
    row(&[C::Home], &[Char('c')], A::Decks, None, "flash cards"),
    row(&[C::Home], &[Char('p')], A::Progress, None, "progress, and whether you are ready"),
    row(&[C::Home], &[Char('s')], A::Guides, None, "the study guide"),
    row(&[C::Home], &[Char('b')], A::Banks, None, "the banks and decks"),
    row(&[C::Home], &[Char('n')], A::New, None, "a new exam"),
    row(
        &[C::Home, C::Room],
        &[Char('q')],
        A::Quit,
        Some("quit"),
        "leave the program; everything is saved, an exam waits at home",
    ),
    row(&[C::Room], &[Esc], A::Back, None, "leave the exam room for home; the exam waits there"),
    row(&[C::Review], &[Esc, Char('q'), Char('r')], A::Back, Some("back"), "back to the exam"),
    row(
        &[C::Drill, C::DrillAnswer],
        &[Esc, Char('q')],
        A::Back,
        Some("leave"),
        "leave the drill; it waits, and goes on where it was",
    ),
    row(&[C::Result], &[Esc, Char('q')], A::Back, Some("home"), "back to home"),
    row(
        &[
            C::Setup,
            C::Walk,
            C::History,
            C::Banks,
            C::Decks,
            C::Cards,
            C::Guides,
            C::Guide,
            C::Contents,
            C::Progress,
            C::Findings,
            C::DrillSetup,
            C::DrillEnd,
            C::Mistakes,
            C::Question,
            C::Card,
            C::Help,
        ],
        &[Esc, Char('q')],
        A::Back,
        Some("back"),
        "back",
    ),
    row(
        &[C::Question, C::Card],
        &[Left, Char('h'), Char('p')],
        A::Left,
        Some("found"),
        "what was found before, after it",
    ),
    row(
        &[C::Question, C::Card],
        &[Right, Char('l'), Char('n')],
        A::Right,
        Some("found"),
        "what was found before, after it",
    ),
    row(
        &[C::Home, C::Decks],
        &[Char('d')],
        A::Date,
        Some("exam date"),
        "set the date of your exam; cards are planned towards it",
    ),
    row(
        &[
            C::Home,
            C::Setup,
            C::Room,
            C::Review,
            C::Result,
            C::Walk,
            C::History,
            C::Banks,
            C::Decks,
            C::Cards,
            C::Progress,
            C::Preview,
            C::Findings,
            C::DrillSetup,
            C::Drill,
            C::DrillAnswer,
            C::DrillEnd,
            C::Mistakes,
            C::Question,
            C::Card,
            C::Guides,
            C::Guide,
            C::Contents,
        ],
        &[Char('?')],
        A::Help,
        Some("help"),
        "show every key of the screen",
    ),
    row(EVERYWHERE, &[Ctrl('c')], A::Quit, None, "leave the program; everything is saved, an exam waits at home"),
    row(EVERYWHERE, &[Ctrl('z')], A::Suspend, None, "suspend the program; the exam's time stands still"),
];

/// What `key` does in `context`.
pub fn resolve(context: Context, key: Key) -> Option<Action> {
    BINDINGS.iter().find(|b| b.on.contains(&context) && b.keys.contains(&key)).map(|b| b.action)
}

/// The entries of the footer: keys and word.
pub fn footer(context: Context) -> Vec<(String, &'static str)> {
    let mut entries: Vec<(String, &'static str)> = Vec::new();
    for binding in BINDINGS.iter().filter(|b| b.on.contains(&context)) {
        let Some(word) = binding.footer else { continue };
        let label = binding.keys[0].label();
        match entries.last_mut() {
            Some((keys, known)) if *known == word => keys.push_str(&label),
            _ => entries.push((label, word)),
        }
    }
    for (keys, _) in &mut entries {
        match keys.as_str() {
            "abcde" => *keys = "a–e".into(),
            "1234" => *keys = "1–4".into(),
            "sS" => *keys = "s S".into(),
            _ => {}
        }
    }
    entries
}

/// The lines of the help: keys and what they do.
pub fn help(context: Context) -> Vec<(String, &'static str)> {
    let mut lines: Vec<(String, &'static str)> = Vec::new();
    for binding in BINDINGS.iter().filter(|b| b.on.contains(&context)) {
        let label = binding.keys.iter().map(|k| k.label()).collect::<Vec<_>>().join(" ");
        match lines.last_mut() {
            Some((keys, known)) if *known == binding.help => {
                keys.push_str("  ");
                keys.push_str(&label);
            }
            _ => lines.push((label, binding.help)),
        }
    }
    for (keys, _) in &mut lines {
        match keys.as_str() {
            "a 1  b 2  c 3  d 4  e 5  6  7  8  9" => *keys = "a–e  1–9".into(),
            "1  2  3  4" => *keys = "1–4".into(),
            "1  2  3  4  5  6  7  8  9" => *keys = "1–9".into(),
            "0  1  2  3  4  5  6  7  8  9" => *keys = "0–9".into(),
            _ => {}
        }
    }
    lines
}

/// All keys of all screens as Markdown, for the README.
pub fn markdown() -> String {
    let mut out = String::new();
    for context in Context::ALL {
        out.push_str(&format!("**{}**\n\n| Keys | |\n| - | - |\n", context.title()));
        for (keys, help) in help(context) {
            let keys: Vec<String> = keys.split_whitespace().map(|k| format!("`{k}`")).collect();
            out.push_str(&format!("| {} | {help} |\n", keys.join(" ")));
        }
        out.push('\n');
    }
    out.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_key_has_two_meanings_on_a_screen() {
        for context in Context::ALL {
            let mut taken = HashSet::new();
            for binding in BINDINGS.iter().filter(|b| b.on.contains(&context)) {
                for key in binding.keys {
                    assert!(taken.insert(*key), "{key:?} twice in {context:?}");
                }
            }
        }
    }

    #[test]
    fn every_screen_has_a_way_out_and_a_way_to_suspend() {
        for context in Context::ALL {
            assert_eq!(resolve(context, Ctrl('c')), Some(A::Quit), "{context:?}");
            assert_eq!(resolve(context, Ctrl('z')), Some(A::Suspend), "{context:?}");
        }
    }

    #[test]
    fn the_exam_room_keeps_letters_a_to_e_for_answers() {
        for (i, c) in ('a'..='e').enumerate() {
            assert_eq!(resolve(C::Room, Char(c)), Some(A::Pick(i as u8)));
        }
    }

    #[test]
    fn footers_and_help_read_well() {
        assert_eq!(footer(C::Room)[0], ("a–e".into(), "answer"));
        assert_eq!(footer(C::Home)[0], ("↑↓".into(), "move"));
        for context in Context::ALL {
            for (keys, help) in help(context) {
                assert!(!keys.is_empty() && !help.is_empty() && !help.ends_with('.'));
            }
        }
    }
}
