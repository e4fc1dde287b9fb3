//! A small bank about pilotage, and papers drawn from it by hand.

use std::sync::Arc;

use examdeck::engine::bank::{Bank, Domain, ExamRules, Module, MultiAnswer};
use examdeck::engine::guide::GuideRef;
use examdeck::engine::paper::{Item, Origin, Paper};
use examdeck::engine::question::{Choice, Citation, Kind, Level, OptionId, Question, Source};
use examdeck::engine::record::ExamId;
use examdeck::engine::slug::Slug;
use examdeck::engine::text::Text;

pub fn slug(id: &str) -> Slug {
    Slug::new(id).unwrap_or_else(|| panic!("{id} is no slug"))
}

pub fn exam_id(n: u128) -> ExamId {
    ExamId(uuid::Uuid::from_u128(n))
}

/// A question of `options`, the first `keys` of them right.
pub fn question(id: &str, domain: &str, kind: Kind, stem: &str, keys: usize, options: &[&str]) -> Question {
    Question {
        id: slug(id),
        domain: slug(domain),
        module: None,
        kind,
        stem: Text::new(stem),
        figure: None,
        choices: options
            .iter()
            .map(|o| Choice { text: Text::new(o), why: None, pinned_last: kind == Kind::TrueFalse && *o == "False" })
            .collect(),
        keys,
        shuffle: kind != Kind::TrueFalse,
        explanation: None,
        sources: Vec::new(),
        level: None,
        objective: None,
        tags: Vec::new(),
        enemies: Vec::new(),
        reviewed: None,
        guide: None,
    }
}

fn domain(id: &str, title: &str, weight: u32) -> Domain {
    Domain { id: slug(id), title: Text::new(title), weight }
}

/// Twelve questions of every kind in three domains and two modules.
pub fn bank() -> Bank {
    use Kind::{Multi, Single, TrueFalse};
    let mut spring = question(
        "spring-tide",
        "tides",
        Single,
        "When is the range of the tide **greatest**?",
        1,
        &["Just after new and full moon", "At the quarter moons", "In the weeks of spring only", "On days of calm"],
    );
    let why = [
        "Sun and moon pull along one line, so their tides add up.",
        "Then the two pull at right angles, and the range is least: neaps.",
        "The name comes from *springing up*, not from the season.",
        "Wind changes the height of the water but not the tide itself.",
    ];
    for (choice, why) in spring.choices.iter_mut().zip(why) {
        choice.why = Some(Text::new(why));
    }
    spring.explanation = Some(Text::new(
        "Spring tides follow new and full moon by a day or two, because the water takes time to answer.",
    ));
    spring.sources = vec![Citation {
        source: Arc::new(Source {
            title: Text::new("The Harbour Pilot's Handbook"),
            organization: Some(Text::new("Board of Pilots")),
            edition: None,
            year: Some(2022),
            url: None,
        }),
        at: Some(Text::new("§4.2")),
    }];
    spring.level = Some(Level::Recall);
    let mut red = question(
        "red-sector",
        "lights",
        Single,
        "A light shows red over part of its arc. What does the red sector mark?",
        1,
        &["Danger on that bearing", "The fairway", "The pilot station", "None of these"],
    );
    red.choices[3].pinned_last = true;
    let mut cardinal = question(
        "cardinal-mark",
        "lights",
        Single,
        "On which side of this mark is the safe water?",
        1,
        &["North", "East", "South", "West"],
    );
    cardinal.figure = Some(Text::new("    /\\\n   /__\\\n    /\\\n   /__\\\n    ||\n ~~~||~~~~~\n"));
    cardinal.shuffle = false;
    let wide = question(
        "fog-signals",
        "lights",
        Single,
        "The harbour of 横浜 (Yokohama) publishes its notices in Japanese: 「霧中では汽笛を鳴らすこと」. A cafe\u{301} \
         on the pier, the Cafe\u{301} Ange\u{301}lique, sounds a bell when the fog comes in, and the harbour authority a \
         diaphone every ninety seconds.\n\nA vessel under power makes way through the fog toward the entrance, hears the \
         diaphone on her starboard bow and a vessel's single long blast forward of her beam, and sees neither.\n\nThe pilot \
         must choose at once.\n\n- The current sets across the entrance at two knots.\n- The bottom is mud, and the anchor \
         is ready.\n\nWhat does she do first?",
        1,
        &[
            "She takes all way off, or slows to the least speed at which she keeps her course, and goes on with care until \
             the danger is over",
            "She alters course to port, toward the side from which no signal was heard",
            "She keeps her course and speed, because the other vessel has to give way",
            "She sounds 汽笛 five times and drops the anchor in the fairway",
        ],
    );
    let mut questions = vec![
        spring,
        question(
            "third-hour",
            "tides",
            Single,
            "The range is 12 m. By the rule of twelfths, how much does the water rise in the third hour?",
            1,
            &["3 m", "1 m", "2 m", "6 m"],
        ),
        question(
            "slack-water",
            "tides",
            TrueFalse,
            "Slack water falls together with high water everywhere.",
            1,
            &["False", "True"],
        ),
        question(
            "tide-causes",
            "tides",
            Multi,
            "Which bodies raise the tides of the sea?",
            2,
            &["The moon", "The sun", "Jupiter", "The polar star", "Venus"],
        ),
        question("ebb", "tides", TrueFalse, "The ebb runs out of the harbour.", 1, &["True", "False"]),
        red,
        cardinal,
        wide,
        question(
            "give-way",
            "rules",
            Multi,
            "Three vessels meet yours. Which do you give way to?",
            3,
            &[
                "A vessel that cannot steer",
                "A vessel at work on a buoy",
                "A vessel that is trawling",
                "A faster vessel that overtakes you",
                "A motor boat on your port side",
            ],
        ),
        question(
            "head-on",
            "rules",
            Single,
            "Two power vessels meet head on. What do they do?",
            1,
            &["Both alter course to starboard", "Both alter course to port", "The smaller one stops"],
        ),
        question(
            "crossing",
            "rules",
            Single,
            "Which side must the give-way vessel not cross ahead on?",
            1,
            &["Ahead of the other at all", "Astern of the other"],
        ),
        question(
            "lookout",
            "rules",
            TrueFalse,
            "A lookout is kept by sight and by hearing at all times.",
            1,
            &["True", "False"],
        ),
    ];
    for (i, q) in questions.iter_mut().enumerate() {
        q.module = Some(slug(if i % 2 == 0 { "m1" } else { "m2" }));
        q.guide = GuideRef::parse(if i % 2 == 0 { "m1#spring-and-neap" } else { "m2#who-gives-way" }).filter(|_| i < 8);
    }
    Bank {
        id: slug("harbour-pilot"),
        title: Text::new("Harbour pilot"),
        version: semver::Version::new(1, 2, 0),
        language: Some(Text::new("en")),
        authors: vec![Text::new("A. Mariner"), Text::new("B. Pilot")],
        license: Some(Text::new("CC-BY-4.0")),
        description: Some(Text::new("Tides, lights and the rules of the road, for those who take ships into harbour.")),
        notice: Some(Text::new("Written for practice. Not affiliated with any board of pilots.")),
        exam: ExamRules { questions: 10, minutes: 120, pass_percent: 70, multi_answer: MultiAnswer::AllOrNothing },
        domains: vec![
            domain("tides", "Tides and currents", 40),
            domain("lights", "Lights and marks", 30),
            domain("rules", "Rules of the road", 30),
        ],
        modules: vec![
            Module { id: slug("m1"), title: Text::new("On the chart"), guide: super::guide::chart() },
            Module { id: slug("m2"), title: Text::new("On the bridge"), guide: super::guide::bridge() },
        ],
        questions: questions.into_iter().map(Arc::new).collect(),
    }
}

/// A paper of these questions in this order, the options as the author wrote them, but True before False.
pub fn paper(bank: &Bank, ids: &[&str]) -> Paper {
    let items = ids
        .iter()
        .map(|id| {
            let question = bank.questions.iter().find(|q| q.id.as_str() == *id).unwrap_or_else(|| panic!("no {id}"));
            let mut order: Vec<OptionId> = question.options().collect();
            order.sort_by_key(|&o| question.choice(o).is_some_and(|c| c.pinned_last));
            Item { question: question.clone(), order }
        })
        .collect();
    Paper { origin: Origin::of(bank), seed: 2026, seed_alone: true, among: None, items }
}

/// The ids of all questions, in the bank's order.
pub fn all(bank: &Bank) -> Vec<&str> {
    bank.questions.iter().map(|q| q.id.as_str()).collect()
}
