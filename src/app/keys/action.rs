//! What keys do.

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
    /// Removes a bank or a deck, or an unfinished exam, after a confirmation.
    Remove,
    /// Shows the back of a card; then grades it Good.
    Turn,
    /// Grades a card: 1 again, 2 hard, 3 good, 4 easy.
    Grade(u8),
    /// Takes back what was done last.
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
