//! Item writing. Numbers of guidelines are printed only where they were read in the source.

use super::super::super::diagnostic::Code;
use super::Rule;

/// A row a code.
pub const ITEM: &[Rule] = &[
    Rule {
        code: Code::W00,
        title: "An `allow` that is wrong itself",
        reason: "An exception without a reason, of no rule, or to nothing hides the next mistake",
        published: None,
        before: "allow = [\"W07\"]",
        after: "allow = [\"W07\"]\nallow_reason = \"The label itself is worded so\"",
        when: None,
    },
    Rule {
        code: Code::W01,
        title: "A key that its length or a remark makes conspicuous",
        reason: "Authors qualify the key until nobody can object, and the test-wise take the longest",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guidelines 24 and 28d; NBME item-flaw list (BMC Med Educ 2016, table 1): helps the test-wise",
        ),
        before: "answer = \"Close the door, then raise the alarm and call the fire service\"\ndistractors = [\"Open a window\", \"Run\"]",
        after: "answer = \"Raise the alarm\"\ndistractors = [\"Open a window\", \"Look for others\"]",
        when: Some(
            "More than 25 % and at least 10 characters longer than the longest distractor; or a remark in brackets that no distractor has, in a key that is the longest. Single choice only.",
        ),
    },
    Rule {
        code: Code::W02,
        title: "Options of very different lengths",
        reason: "One option that looks different is chosen or struck for its looks",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guidelines 23 and 24; NBME item-flaw list (BMC Med Educ 2016, table 1): helps the test-wise",
        ),
        before: "distractors = [\"Foam\", \"A jet of water from the hose reel by the door\"]",
        after: "distractors = [\"Foam\", \"Water\"]",
        when: Some(
            "The longest has more than 3 times the characters of the shortest and at least 20 more: \"5 T\" beside \"0.05 T\" is no flaw.",
        ),
    },
    Rule {
        code: Code::W03,
        title: "A distractor with \"always\" or \"never\"",
        reason: "Such statements are seldom right, and the test-wise strike them",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guideline 28a; NBME item-flaw list (BMC Med Educ 2016, table 1): helps the test-wise",
        ),
        before: "distractors = [\"It never fails\"]",
        after: "distractors = [\"It fails in frost\"]",
        when: Some(
            "always, never, completely, absolutely, invariably, entirely, when no key has one. \"All\", \"none\", \"only\" and \"must\" are mostly plain grammar; B07 counts them over the bank.",
        ),
    },
    Rule {
        code: Code::W04,
        title: "An option with a vague word such as \"often\"",
        reason: "\"Often\" is 30 % to one reader and 70 % to another",
        published: Some("NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty"),
        before: "answer = \"It is often inspected\"",
        after: "answer = \"It is inspected every year\"",
        when: Some(
            "\"May\" and \"sometimes\" are left out: they say that a thing is possible, which is clear; \"most often\" compares.",
        ),
    },
    Rule {
        code: Code::W05,
        title: "\"All of the above\"",
        reason: "Who knows two options to be right needs no third",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "answer = { text = \"All of the above\", pin = \"last\" }",
        after: "stem = \"Which two …?\"\nanswer = [\"Foam\", \"Carbon dioxide\"]",
        when: None,
    },
    Rule {
        code: Code::W06,
        title: "\"None of the above\"",
        reason: "Who strikes all options has not shown what is right",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "distractors = [\"Water\", { text = \"None of the above\", pin = \"last\" }]",
        after: "distractors = [\"Water\", \"Dry sand\"]",
        when: None,
    },
    Rule {
        code: Code::W07,
        title: "A negated stem whose negation does not stand out",
        reason: "One small word turns the question round, and is read over",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guideline 17; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "stem = \"Which agent is not suitable?\"",
        after: "stem = \"Which agent spreads the fire?\"",
        when: Some(
            "\"Not\" after a verb in a question that begins with which, \"except\" at its end, and \"least\" before likely, suitable and the like. Capitals or *emphasis* make it stand out.",
        ),
    },
    Rule {
        code: Code::W08,
        title: "A negated option under a negated stem",
        reason: "Two negations make a riddle in logic",
        published: Some("Haladyna, Downing & Rodriguez 2002, guideline 27"),
        before: "stem = \"Which rule does NOT hold?\"\nanswer = \"Do not use water on oil\"",
        after: "stem = \"Which rule holds?\"\nanswer = \"Cover burning oil\"",
        when: None,
    },
    Rule {
        code: Code::W09,
        title: "A rare word of the stem that only the key repeats",
        reason: "The echo leads to the key without knowledge",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guideline 28b; NBME item-flaw list (BMC Med Educ 2016, table 1): helps the test-wise",
        ),
        before: "stem = \"What is a quenching agent for?\"\nanswer = \"Quenching flames\"",
        after: "stem = \"What is a quenching agent for?\"\nanswer = \"Putting out flames\"",
        when: Some(
            "Words of five letters or more, cut to their root, that stand in at most one other question in two hundred. Terms of the subject recur. Single choice only.",
        ),
    },
    Rule {
        code: Code::W10,
        title: "Options that do not fit the stem or each other in grammar",
        reason: "What does not fit is not read as possible",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guidelines 23 and 28c; NBME item-flaw list (BMC Med Educ 2016, table 1): helps the test-wise",
        ),
        before: "stem = \"Burning oil is put out with an\"\ndistractors = [\"jet of water\"]",
        after: "stem = \"What puts out burning oil?\"\ndistractors = [\"A jet of water\"]",
        when: Some(
            "An article at the end of an open stem, full stops at some options only, and small letters among capitals. \"Verbs among nouns\" was dropped: it needs a grammar.",
        ),
    },
    Rule {
        code: Code::W11,
        title: "Numbers out of order, ranges that overlap, units that differ",
        reason: "Searching and converting take time and test something else",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guideline 21; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "answer = \"5 m\"\ndistractors = [\"200 cm\", \"10 m\"]",
        after: "answer = \"5 m\"\ndistractors = [\"2 m\", \"10 m\"]",
        when: Some(
            "Order matters only with shuffle = false: else the program puts numbers in order. Ranges only where all options are ranges. Units are let be where they are what is asked.",
        ),
    },
    Rule {
        code: Code::W12,
        title: "An option that combines others",
        reason: "Combinations give clues and cost reading time",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "answer = \"I and III\"",
        after: "stem = \"Which two …?\"\nanswer = [\"Foam\", \"Carbon dioxide\"]",
        when: Some("Roman numerals count only if the stem or the figure numbers statements with them."),
    },
    Rule {
        code: Code::W13,
        title: "A stem that asks nothing",
        reason: "A stem that cannot be answered with the options covered tests reading",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "stem = \"Which is true?\"",
        after: "stem = \"What does a detector's chirp every minute mean?\"",
        when: Some(
            "Fewer than three words (\"What is SAR?\" asks something), nothing but \"which of these is true\", or a closed sentence without question mark, gap or task. \"Has a verb\" was dropped: it needs a grammar.",
        ),
    },
    Rule {
        code: Code::W14,
        title: "Options that begin with the same words",
        reason: "What all options say is read once in the stem, and four times in the options",
        published: Some("Haladyna, Downing & Rodriguez 2002"),
        before: "answer = \"Foam is the agent for oil\"\ndistractors = [\"Foam is the agent for paper\"]",
        after: "stem = \"What is foam the agent for?\"\nanswer = \"Oil\"",
        when: Some("Five words or more, and three options or more; three or four are how a set of like options reads."),
    },
    Rule {
        code: Code::W15,
        title: "Too long, or a double negation",
        reason: "Reading takes the time of thinking",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002; NBME item-flaw list (BMC Med Educ 2016, table 1): irrelevant difficulty",
        ),
        before: "answer = \"It is not uncommon\"",
        after: "answer = \"It is common\"",
        when: Some("More than 120 words in a stem or 30 in an option."),
    },
    Rule {
        code: Code::W16,
        title: "Too few options or too many",
        reason: "Two options are a coin, and nobody writes six that work",
        published: Some("Tarrant, Ware & Mohammed 2009 (BMC Med Educ 9:40): three good options suffice"),
        before: "distractors = [\"Water\"]",
        after: "distractors = [\"Water\", \"Dry sand\"]",
        when: Some("Fewer than three, or more than four beside the keys. Claims are not counted."),
    },
    Rule {
        code: Code::W17,
        title: "A key and a distractor that are exact opposites",
        reason: "One of the two is right, so the others need not be read",
        published: Some(
            "Haladyna, Downing & Rodriguez 2002, guideline 28e; NBME item-flaw list (BMC Med Educ 2016, table 1): helps the test-wise",
        ),
        before: "answer = \"The pressure rises\"\ndistractors = [\"The pressure falls\", \"The tank leaks\"]",
        after: "answer = \"The pressure rises\"\ndistractors = [\"The tank leaks\", \"The valve opens\"]",
        when: Some(
            "One word turned round or negated, and no second pair among the options. \"The key shares most words with the others\" was dropped: on good questions it is mostly chance.",
        ),
    },
    Rule {
        code: Code::W18,
        title: "A claim with two parts, or an absolute one that is false",
        reason: "Who knows one part cannot show it; and \"always\" is false",
        published: Some("NBME item-flaw list (BMC Med Educ 2016, table 1): more than one concept"),
        before: "stem = \"Water spreads oil; foam covers it.\"",
        after: "stem = \"Water spreads burning oil.\"",
        when: Some(
            "A semicolon in the last sentence, and the words of W03 in a false claim. \"And\" was dropped: it joins nouns far more often than claims.",
        ),
    },
    Rule {
        code: Code::W19,
        title: "An explanation or a rationale is missing",
        reason: "Who chose wrongly learns from it, or not at all",
        published: None,
        before: "distractors = [{ text = \"Water\", why = \"It spreads oil.\" }, \"Sand\"]",
        after: "distractors = [{ text = \"Water\", why = \"It spreads oil.\" }, { text = \"Sand\", why = \"It sinks.\" }]",
        when: Some(
            "No explanation; one under 40 characters unless all distractors have a `why`; or a `why` at some distractors only.",
        ),
    },
    Rule {
        code: Code::W20,
        title: "A source or a review is missing or old",
        reason: "What cites nothing cannot be checked, and standards change",
        published: None,
        before: "answer = \"9 kg\"",
        after: "answer = \"9 kg\"\nsources = [{ id = \"nfpa-10\", at = \"chapter 5\" }]\nreviewed = 2026-11-22",
        when: Some(
            "A missing source or day counts where at least half of the bank has one; else B09 says it once. A review counts for 24 months.",
        ),
    },
    Rule {
        code: Code::W21,
        title: "A superlative without a measure",
        reason: "\"Best\" by what, and for whom? Without it the key is an opinion",
        published: Some("Haladyna, Downing & Rodriguez 2002"),
        before: "stem = \"What is the best extinguisher?\"",
        after: "stem = \"Which extinguisher suits burning oil?\"",
        when: Some(
            "best, main, primary, biggest, ideal in one plain sentence without a word that brings a measure (for, under, according to …). \"Most\" was dropped: it is mostly a comparison of amounts.",
        ),
    },
    Rule {
        code: Code::W22,
        title: "A word twice, quotes of two kinds, units written wrongly",
        reason: "Mistakes in spelling make readers stumble, and doubt the rest",
        published: Some("NBME item-flaw list (BMC Med Educ 2016, table 1): orthographic errors"),
        before: "stem = \"What does the the 9kg label mean?\"",
        after: "stem = \"What does the 9 kg label mean?\"",
        when: Some(
            "Spelling against a word list was dropped: no list is at hand that knows a bank's terms. Figures are not read.",
        ),
    },
];
