//! Latin letters as the plain ones a to z, for identifiers that anybody can type.

use unicode_normalization::UnicodeNormalization;

/// `text` with the letters of the Latin alphabets as their plain ones: `é` is `e`, `ö` is `o`, `ß` is `ss`. A letter with marks
/// loses them (Unicode's canonical decomposition); a letter of its own becomes what it is commonly written as. All else stays.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfd() {
        match c {
            '\u{300}'..='\u{36f}' => {}
            'ß' => out.push_str("ss"),
            'ẞ' => out.push_str("SS"),
            'æ' => out.push_str("ae"),
            'Æ' => out.push_str("AE"),
            'œ' => out.push_str("oe"),
            'Œ' => out.push_str("OE"),
            'þ' => out.push_str("th"),
            'Þ' => out.push_str("TH"),
            'ø' => out.push('o'),
            'Ø' => out.push('O'),
            'ł' => out.push('l'),
            'Ł' => out.push('L'),
            'đ' | 'ð' => out.push('d'),
            'Đ' | 'Ð' => out.push('D'),
            'ħ' => out.push('h'),
            'Ħ' => out.push('H'),
            'ı' => out.push('i'),
            'ŋ' => out.push('n'),
            'Ŋ' => out.push('N'),
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_lose_their_marks_and_all_else_stays() {
        assert_eq!(plain("Löscher für Gefäße"), "Loscher fur Gefasse");
        assert_eq!(plain("Où vont les détecteurs ? Œuvre, ça"), "Ou vont les detecteurs ? OEuvre, ca");
        assert_eq!(plain("Żółć, ångström, blåbærsyltetøy, İ, đ"), "Zolc, angstrom, blabaersyltetoy, I, d");
        assert_eq!(plain("e\u{301}"), "e");
        assert_eq!(plain("B₀ ≤ 3 µT — 日本"), "B₀ ≤ 3 µT — 日本");
    }
}
