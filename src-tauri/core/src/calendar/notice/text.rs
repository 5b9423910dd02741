//! The text of a notice: one way of writing each sign, notices, sentences, headings.

/// The holidays by the words that notices use, and their names here.
const HOLIDAYS: &[(&str, &str)] = &[
    ("元旦", "元旦"),
    ("新年", "元旦"),
    ("春节", "春节"),
    ("清明", "清明节"),
    ("劳动节", "劳动节"),
    ("五一", "劳动节"),
    ("端午", "端午节"),
    ("中秋", "中秋节"),
    ("国庆", "国庆节"),
    ("十一", "国庆节"),
];

/// Longest title that is looked for, in characters.
const LONGEST_TITLE: usize = 60;

/// One notice of a text.
#[derive(Debug, Default)]
pub(super) struct NoticeText {
    pub(super) title: Option<String>,
    pub(super) number: Option<String>,
    pub(super) year: Option<i32>,
    /// The holiday of the title, for sentences that name none.
    pub(super) name: Option<String>,
    /// Its sentences that can arrange something, each with the name of its heading.
    pub(super) sentences: Vec<Sentence>,
}

/// One sentence, without its heading.
#[derive(Debug)]
pub(super) struct Sentence {
    /// The holiday of the heading it stands under.
    pub(super) heading: Option<String>,
    /// As it is shown, heading included.
    pub(super) shown: String,
    /// What is read.
    pub(super) body: Vec<char>,
}

/// The notices of a text, in order. A text without a title is one notice.
pub(super) fn notices(text: &str) -> Vec<NoticeText> {
    let mut notices: Vec<Vec<String>> = vec![Vec::new()];
    for sentence in sentences(&normal(text)) {
        if title_of(&sentence).is_some()
            && let Some(last) = notices.last()
            && !last.is_empty()
        {
            notices.push(Vec::new());
        }
        if let Some(last) = notices.last_mut() {
            last.push(sentence);
        }
    }
    notices.iter().map(|sentences| notice(sentences)).collect()
}

/// One way of writing digits, brackets, dashes and commas; no blanks; line ends stay.
fn normal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        let sign = match sign {
            '０'..='９' => {
                char::from_u32(u32::from(sign) - u32::from('０') + u32::from('0')).unwrap_or(sign)
            }
            '(' | '﹙' => '（',
            ')' | '﹚' => '）',
            ':' | '﹕' | '︰' => '：',
            ',' | '﹐' => '，',
            ';' => '；',
            '｡' => '。',
            '[' | '［' | '【' => '〔',
            ']' | '］' | '】' => '〕',
            '-' | '－' | '–' | '―' | '‐' | '‑' | '~' | '～' | '〜' | '─' | '━' => '—',
            '\r' | '\u{2028}' | '\u{2029}' => '\n',
            other => other,
        };
        let unseen = matches!(sign, '\u{200B}'..='\u{200F}' | '\u{FEFF}' | '\u{2060}');
        let repeated = matches!(sign, '—' | '\n') && out.ends_with(sign);
        let read = sign == '\n' || !(sign.is_whitespace() || sign.is_control() || unseen);
        if read && !repeated {
            out.push(sign);
        }
    }
    out
}

/// Sentences end at 。 A line end ends one too where the next line is a heading or a title, where there is no date
/// before it, and around a line that is nothing but a date; elsewhere it is a mere wrap.
fn sentences(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut current = String::new();
    let mut finish = |current: &mut String| {
        if !current.is_empty() {
            all.push(std::mem::take(current));
        }
    };
    for line in text.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        let starts = heading(&chars).is_some() || is_signature(line) || title_of(line).is_some();
        let half_a_title = current.contains("关于") && !current.contains("通知");
        if starts || !(has_date(&current) || half_a_title) {
            finish(&mut current);
        }
        for part in line.split_inclusive(['。', '！']) {
            current.push_str(part);
            if part.ends_with(['。', '！']) {
                finish(&mut current);
            }
        }
        if is_signature(line) {
            finish(&mut current);
        }
    }
    finish(&mut current);
    all
}

fn has_date(text: &str) -> bool {
    text.contains('日') && text.contains('月') && text.chars().any(|sign| sign.is_ascii_digit())
}

/// 2025年11月4日, with or without 国务院办公厅 before it: the end of a notice.
fn is_signature(text: &str) -> bool {
    let date = text
        .strip_prefix("国务院")
        .map_or(text, |rest| rest.strip_prefix("办公厅").unwrap_or(rest));
    let digits = |part: &str, longest: usize| {
        (1..=longest).contains(&part.len()) && part.bytes().all(|sign| sign.is_ascii_digit())
    };
    let parts = date.split_once('年').and_then(|(year, rest)| {
        let (month, rest) = rest.split_once('月')?;
        let (day, rest) = rest.split_once('日')?;
        Some((year, month, day, rest))
    });
    // Where line ends were lost, what follows the notice hangs on to the date; the office's name tells it is one.
    let named = text.starts_with("国务院");
    parts.is_some_and(|(year, month, day, rest)| {
        year.len() == 4 && digits(year, 4) && digits(month, 2) && digits(day, 2) && (rest.is_empty() || named)
    })
}

fn notice(sentences: &[String]) -> NoticeText {
    let title = sentences.iter().find_map(|sentence| title_of(sentence));
    let number = sentences.iter().find_map(|sentence| number_of(sentence));
    let name = title
        .as_deref()
        .and_then(|title| holidays_in(title).or_else(|| occasion(title)));
    let end = sentences
        .iter()
        .position(|sentence| is_signature(sentence))
        .unwrap_or(sentences.len());
    let body = &sentences[..end];
    let headings: Vec<Option<(usize, Option<String>)>> = body
        .iter()
        .map(|sentence| heading(&sentence.chars().collect::<Vec<_>>()))
        .collect();
    // Where there are headings, what stands before the first explains and arranges nothing.
    let first = headings.iter().position(Option::is_some).unwrap_or(0);
    let mut under: Option<String> = None;
    let mut read = Vec::new();
    for (sentence, heading) in body.iter().zip(headings).skip(first) {
        let mut start = 0;
        if let Some((length, name)) = heading {
            under = name;
            start = length;
        }
        read.push(Sentence {
            heading: under.clone(),
            shown: sentence.clone(),
            body: sentence.chars().skip(start).collect(),
        });
    }
    let year = title
        .as_deref()
        .and_then(year_in)
        .or_else(|| body.iter().find_map(|sentence| year_in(sentence)));
    NoticeText {
        title,
        number,
        year,
        name,
        sentences: read,
    }
}

/// 关于…的通知, with the office before it.
fn title_of(sentence: &str) -> Option<String> {
    const OFFICE: &str = "国务院办公厅";
    let about = sentence.find("关于")?;
    let rest = &sentence[about..];
    let end = rest.find("通知")? + "通知".len();
    let title = &rest[..end];
    let fits = title.chars().count() <= LONGEST_TITLE && !title.contains(['。', '，', '：']);
    let speaks = ["放假", "假日", "假期", "节日"]
        .iter()
        .any(|word| title.contains(word));
    let office = if sentence[..about].ends_with("国务院") {
        "国务院"
    } else {
        OFFICE
    };
    (fits && speaks).then(|| format!("{office}{title}"))
}

/// 国办发明电〔2025〕7号
fn number_of(sentence: &str) -> Option<String> {
    let open = sentence.find('〔')?;
    let close = open + sentence[open..].find('〕')?;
    let end = close + sentence[close..].find('号')? + "号".len();
    let year = &sentence[open + '〔'.len_utf8()..close];
    let count = &sentence[close + '〕'.len_utf8()..end - "号".len()];
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let start = sentence[..open]
        .char_indices()
        .rev()
        .take_while(|(_, sign)| "国务院办公厅发明电函字".contains(*sign))
        .last()
        .map(|(at, _)| at)?;
    (digits(year) && digits(count)).then(|| sentence[start..end].to_owned())
}

/// The first year written as four digits and 年.
fn year_in(text: &str) -> Option<i32> {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(5).enumerate().find_map(|(at, five)| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        let alone = !before.is_some_and(char::is_ascii_digit);
        let digits: String = five[..4].iter().collect();
        (alone && five[4] == '年' && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.parse().ok())
            .flatten()
    })
}

/// What a title names where it names no holiday: 中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日.
fn occasion(title: &str) -> Option<String> {
    let about = title.split_once("关于")?.1;
    let end = ["调休", "放假", "假期", "安排", "部分", "的通知"]
        .iter()
        .filter_map(|word| about.find(word))
        .min()?;
    let name = about[..end].trim_start_matches(|sign: char| sign.is_ascii_digit() || sign == '年');
    (!name.is_empty()).then(|| name.to_owned())
}

/// The holidays a text names, in its order: 国庆节、中秋节.
pub(super) fn holidays_in(text: &str) -> Option<String> {
    let mut found: Vec<(usize, &str)> = HOLIDAYS
        .iter()
        .filter_map(|(word, name)| text.find(word).map(|at| (at, *name)))
        .collect();
    found.sort_unstable();
    let mut names: Vec<&str> = Vec::new();
    for (_, name) in found {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!names.is_empty()).then(|| names.join("、"))
}

/// The length of a heading and the holiday it names: 一、元旦： or 元旦： or the bare number 一、.
fn heading(sentence: &[char]) -> Option<(usize, Option<String>)> {
    const LONGEST_NAME: usize = 40;
    let numbered = numbering(sentence);
    let rest = &sentence[numbered.unwrap_or(0)..];
    let colon = rest.iter().take(LONGEST_NAME).position(|sign| *sign == '：');
    let name: Option<String> = colon
        .map(|at| rest[..at].iter().collect())
        .filter(|name: &String| !name.chars().any(|sign| sign.is_ascii_digit()));
    match (numbered, name, colon) {
        (Some(length), Some(name), Some(colon)) => {
            Some((length + colon + 1, Some(holidays_in(&name).unwrap_or(name))))
        }
        (None, Some(name), Some(colon)) => holidays_in(&name).map(|holiday| (colon + 1, Some(holiday))),
        (Some(length), ..) => Some((length, None)),
        _ => None,
    }
}

/// The length of 一、 or （一） or 1. or 1、 at the start.
fn numbering(sentence: &[char]) -> Option<usize> {
    let chinese = |sign: &char| "一二三四五六七八九十".contains(*sign);
    let open = usize::from(sentence.first() == Some(&'（'));
    let rest = &sentence[open..];
    let count = rest.iter().take_while(|sign| chinese(sign)).count();
    let digits = rest.iter().take_while(|sign| sign.is_ascii_digit()).count();
    let after = |at: usize| rest.get(at).copied();
    if (1..=3).contains(&count) {
        let ends = if open == 1 {
            after(count) == Some('）')
        } else {
            after(count) == Some('、')
        };
        return ends.then_some(open + count + 1);
    }
    let ends = (1..=2).contains(&digits) && open == 0 && matches!(after(digits), Some('、' | '.' | '．'));
    ends.then_some(digits + 1)
}
