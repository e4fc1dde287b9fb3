//! Patterns over the bank.

use super::super::super::diagnostic::Code;
use super::Rule;

/// A row a code.
pub const BANK: &[Rule] = &[
    Rule {
        code: Code::B01,
        title: "Keys in one place",
        reason: "Who always takes that place passes",
        published: Some("Haladyna, Downing & Rodriguez 2002, guideline 20"),
        before: "shuffle = false    # on 40 questions: the key is always first",
        after: "# leave it out: options change places",
        when: Some(
            "Over single choice with a fixed place: shuffle = false, and numbers shown in ascending order. More than 40 % and three standard errors above chance, from 20 questions on.",
        ),
    },
    Rule {
        code: Code::B02,
        title: "Keys of one length",
        reason: "\"Take the longest\" must not be worth more than guessing",
        published: Some("Haladyna, Downing & Rodriguez 2002, guidelines 24 and 28d"),
        before: "answer = \"Foam, as it covers the surface\"\ndistractors = [\"Water\", \"Sand\"]",
        after: "answer = \"Foam\"\ndistractors = [\"Water\", \"Sand\"]",
        when: Some("Three standard errors above chance, from 20 questions on; ties are no clue."),
    },
    Rule {
        code: Code::B03,
        title: "Claims that are mostly true, or mostly false",
        reason: "\"If in doubt, false\" must not pay",
        published: Some("Haladyna, Downing & Rodriguez 2002, guideline 20, in spirit"),
        before: "answer = false    # on 18 of 20 claims",
        after: "answer = true     # on about half",
        when: Some("Outside 35 to 65 %, from 20 claims on."),
    },
    Rule {
        code: Code::B04,
        title: "Two questions that are nearly one",
        reason: "A paper may draw both",
        published: None,
        before: "stem = \"Which agent suits burning oil?\"    # twice",
        after: "stem = \"Why does water not suit burning oil?\"",
        when: Some(
            "60 % of all runs of three words in stem, figure and options are the same. The same stem with other options is a variant, and is let be. Words that more than 40 questions share do not count.",
        ),
    },
    Rule {
        code: Code::B05,
        title: "A stem that tells another question's key",
        reason: "A paper may draw both, and the one answers the other",
        published: Some("Haladyna, Downing & Rodriguez 2002"),
        before: "stem = \"Since water sinks below burning oil, …\"\n…\nanswer = \"Water sinks below burning oil\"",
        after: "stem = \"Why does a jet of water spread the fire?\"",
        when: Some(
            "Keys of single choice with five words and 25 letters or more, word for word: shorter ones are terms of the subject, as are beginnings that more than 40 keys share.",
        ),
    },
    Rule {
        code: Code::B06,
        title: "Too few questions for a second paper",
        reason: "The second mock exam would repeat the first",
        published: Some("Haladyna, Downing & Rodriguez 2002"),
        before: "[exam]\nquestions = 50    # of 60",
        after: "[exam]\nquestions = 20    # of 60",
        when: Some("Three times what a paper takes, in each domain, if [exam] says how many; from 30 questions on."),
    },
    Rule {
        code: Code::B07,
        title: "Absolute words that mark distractors",
        reason: "Each use looks innocent, and together they give the keys away",
        published: Some("Haladyna, Downing & Rodriguez 2002, guideline 28a, over the bank"),
        before: "distractors = [\"Only water\", \"All agents\"]    # throughout",
        after: "distractors = [\"Water\", \"Any agent\"]",
        when: Some(
            "always, never, all, only, must, any, every …: three times as often in distractors as in keys, three standard errors, 20 uses.",
        ),
    },
    Rule {
        code: Code::B08,
        title: "\"All of the above\" that is the key whenever it is there",
        reason: "Who sees it takes it",
        published: Some("Haladyna, Downing & Rodriguez 2002"),
        before: "answer = { text = \"All of the above\", pin = \"last\" }    # each time",
        after: "# as often a distractor, or not at all",
        when: Some("More than 60 % of at least 5 uses."),
    },
    Rule {
        code: Code::B09,
        title: "Most questions lack an explanation, a source or a review",
        reason: "What most questions lack is said once, not at each",
        published: None,
        before: "stem = \"…\"\nanswer = \"…\"",
        after: "stem = \"…\"\nanswer = \"…\"\nexplanation = \"…\"\nsources = [\"nfpa-10\"]\nreviewed = 2026-11-22",
        when: Some(
            "Fewer than half have it, from 20 questions on; or more than half were last reviewed over 24 months ago.",
        ),
    },
    Rule {
        code: Code::B10,
        title: "A section of the guide that no question belongs to",
        reason: "What is taught and never asked is not practised",
        published: None,
        before: "## Fire classes          # in guide.md of m1, and no question names it",
        after: "guide = \"m1#fire-classes\"          # on a question, or at the top of its file",
        when: None,
    },
];
