//! Where keys are pressed.

/// Where a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// The first screen.
    Home,
    /// Before an exam.
    Setup,
    /// The exam room.
    Room,
    /// A question in the exam room whose answer was shown.
    RoomAnswer,
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
    /// What is found in it.
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
    /// Asked whether a bank, a deck or an unfinished exam is to be removed.
    Removal,
    /// The help.
    Help,
}

impl Context {
    /// Every context, in the order of the documentation.
    pub const ALL: [Context; 31] = [
        Context::Home,
        Context::Setup,
        Context::Room,
        Context::RoomAnswer,
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
            Context::RoomAnswer => "The exam room: an answer",
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
            Context::Preview => "The preview of a bank or deck",
            Context::Findings => "What is found in a bank or deck",
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
            Context::Removal => "Removing a bank, a deck or an exam",
            Context::Help => "Help",
        }
    }
}
