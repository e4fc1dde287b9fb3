//! An inverted index: which documents hold which words.
//!
//! It keeps each word once, in alphabetical order, so that words that begin alike are neighbours; for each word the
//! documents that hold it; and every document's words in their order, so that phrases are told from words that only
//! occur together. Four bytes for each word of the texts and four for each word of each document: together 1.3 times
//! as much as the texts themselves (`benches/search.rs` says it anew).

use std::collections::HashMap;
use std::ops::Range;

use super::super::phrase::Phrase;
use super::super::words::words;

/// A document has texts of so many kinds.
pub const FIELDS: usize = 3;
const FIELD_BITS: u32 = 2;
/// Stands behind each text: no phrase reaches over it.
const END: u32 = u32::MAX;

/// The index of a row of documents, which are known by their place in it.
#[derive(Debug)]
pub struct Index {
    words: Vec<Box<str>>,
    /// Where each word's postings begin; one more than there are words.
    starts: Vec<usize>,
    /// A document, and a bit for each of its fields that hold the word.
    postings: Vec<u32>,
    /// The texts of all documents: a word's number and the field it stands in.
    tokens: Vec<u32>,
    /// Where each document's tokens begin; one more than there are documents.
    documents: Vec<usize>,
}

/// In which fields of a document something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// A bit for each field that holds it.
    pub any: u8,
    /// The same for fields that hold it as whole words.
    pub whole: u8,
}

/// Takes in documents, one after the other.
#[derive(Debug, Default)]
pub struct Builder {
    known: HashMap<Box<str>, u32>,
    tokens: Vec<u32>,
    documents: Vec<usize>,
}

impl Builder {
    /// The next document: its texts, each with the field that it belongs to (below [`FIELDS`]).
    pub fn add<'t>(&mut self, texts: impl Iterator<Item = (usize, &'t str)>) {
        self.documents.push(self.tokens.len());
        for (field, text) in texts {
            for word in words(text) {
                let next = self.known.len() as u32; // fewer than 2^30: they would fill more than the memory
                let number = match self.known.get(&*word.folded) {
                    Some(number) => *number,
                    None => *self.known.entry(word.folded.into()).or_insert(next),
                };
                self.tokens.push(number << FIELD_BITS | field as u32);
            }
            self.tokens.push(END);
        }
    }

    /// The index of what was taken in.
    pub fn finish(self) -> Index {
        let Self { known, mut tokens, mut documents } = self;
        documents.push(tokens.len());
        let words = in_order(known, &mut tokens);
        let mut index = Index { words, starts: Vec::new(), postings: Vec::new(), tokens, documents };
        index.post();
        index
    }
}

/// Numbers the words anew, in alphabetical order.
fn in_order(known: HashMap<Box<str>, u32>, tokens: &mut [u32]) -> Vec<Box<str>> {
    let mut words: Vec<(Box<str>, u32)> = known.into_iter().collect();
    words.sort_unstable();
    let mut place = vec![0; words.len()];
    for (new, (_, old)) in words.iter().enumerate() {
        place[*old as usize] = new as u32;
    }
    for token in tokens.iter_mut().filter(|token| **token != END) {
        *token = place[(*token >> FIELD_BITS) as usize] << FIELD_BITS | (*token & ((1 << FIELD_BITS) - 1));
    }
    words.into_iter().map(|(word, _)| word).collect()
}

impl Index {
    /// How many documents there are.
    pub fn len(&self) -> usize {
        self.documents.len() - 1
    }

    /// Whether there is no document.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes that it takes, about.
    pub fn bytes(&self) -> usize {
        let words: usize = self.words.iter().map(|w| w.len() + size_of::<Box<str>>()).sum();
        words + 4 * (self.postings.len() + self.tokens.len()) + 8 * (self.starts.len() + self.documents.len())
    }

    /// Makes the postings out of the tokens: counts them, then puts each in its place.
    fn post(&mut self) {
        let mut counts = vec![0; self.words.len()];
        self.each_word(|word, _, _, first| counts[word] += usize::from(first));
        let mut next = Vec::with_capacity(counts.len() + 1);
        let mut sum = 0;
        for count in counts {
            next.push(sum);
            sum += count;
        }
        let mut postings = vec![0; sum];
        self.starts = next.iter().copied().chain([sum]).collect();
        self.each_word(|word, document, field, first| {
            next[word] += usize::from(first);
            postings[next[word] - 1] |= (document as u32) << FIELDS | 1 << field;
        });
        self.postings = postings;
    }

    /// Calls `take` with each word, its document and its field, and whether it is the first of its kind in there.
    fn each_word(&self, mut take: impl FnMut(usize, usize, usize, bool)) {
        let mut last = vec![usize::MAX; self.words.len()];
        for document in 0..self.len() {
            for &token in self.text(document).iter().filter(|&&token| token != END) {
                let (word, field) = ((token >> FIELD_BITS) as usize, (token & ((1 << FIELD_BITS) - 1)) as usize);
                let first = std::mem::replace(&mut last[word], document) != document;
                take(word, document, field, first);
            }
        }
    }

    fn text(&self, document: usize) -> &[u32] {
        &self.tokens[self.documents[document]..self.documents[document + 1]]
    }

    /// For each document, in which of its fields `phrase` is.
    pub fn find(&self, phrase: &Phrase) -> Vec<Fields> {
        let mut found = vec![Fields::default(); self.len()];
        let Some(ranges) = self.ranges(phrase) else { return found };
        match &ranges[..] {
            [range] => {
                let exact = self.exact(&phrase.words()[0]);
                for word in range.clone() {
                    for &posting in &self.postings[self.starts[word]..self.starts[word + 1]] {
                        let fields = &mut found[(posting >> FIELDS) as usize];
                        let bits = (posting & ((1 << FIELDS) - 1)) as u8;
                        fields.any |= bits;
                        fields.whole |= if exact == Some(word) { bits } else { 0 };
                    }
                }
            }
            _ => {
                let exact = phrase.words().last().and_then(|last| self.exact(last));
                for document in self.rarest(&ranges) {
                    found[document] = self.in_order_in(document, &ranges, exact);
                }
            }
        }
        found
    }

    /// The numbers that each word of `phrase` may have; `None` if one of the words is nowhere.
    fn ranges(&self, phrase: &Phrase) -> Option<Vec<Range<usize>>> {
        let last = phrase.words().len() - 1;
        let range = |(i, word): (usize, &String)| {
            if i < last || phrase.is_whole() {
                return self.exact(word).map(|at| at..at + 1);
            }
            let from = self.words.partition_point(|w| **w < **word);
            let to = from + self.words[from..].partition_point(|w| w.starts_with(word.as_str()));
            (from < to).then_some(from..to)
        };
        phrase.words().iter().enumerate().map(range).collect()
    }

    fn exact(&self, word: &str) -> Option<usize> {
        self.words.binary_search_by(|w| (**w).cmp(word)).ok()
    }

    /// The documents that hold a word of the range with the fewest postings; some may be there more than once.
    fn rarest(&self, ranges: &[Range<usize>]) -> impl Iterator<Item = usize> {
        let all = |range: &Range<usize>| self.starts[range.start]..self.starts[range.end];
        let postings = ranges.iter().map(all).min_by_key(Range::len).unwrap_or_default();
        self.postings[postings].iter().map(|posting| (posting >> FIELDS) as usize)
    }

    /// In which fields of `document` words of these ranges stand one after the other.
    fn in_order_in(&self, document: usize, ranges: &[Range<usize>], last: Option<usize>) -> Fields {
        let mut fields = Fields::default();
        for stretch in self.text(document).windows(ranges.len()) {
            let fits = stretch
                .iter()
                .zip(ranges)
                .all(|(&token, range)| token != END && range.contains(&((token >> FIELD_BITS) as usize)));
            if fits && let Some(&token) = stretch.last() {
                let bit = 1 << (token & ((1 << FIELD_BITS) - 1));
                fields.any |= bit;
                fields.whole |= if last == Some((token >> FIELD_BITS) as usize) { bit } else { 0 };
            }
        }
        fields
    }
}
