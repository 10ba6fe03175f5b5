//! Regular expressions as far as the schema uses them: anchored at both ends,
//! groups, choices, classes, `.`, `?`, `*`, `+`, `{n}` and `{n,m}`.

use std::collections::BTreeSet;
use std::iter::Peekable;
use std::str::Chars;

enum Atom {
    Any,
    Letter(char),
    Class {
        negated: bool,
        ranges: Vec<(char, char)>,
    },
    Group(Vec<Sequence>),
}

/// Atoms with how often each stands at least and at most.
type Sequence = Vec<(Atom, usize, usize)>;

/// Whether the whole text fits.
pub fn matches(pattern: &str, text: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|p| p.strip_suffix('$'));
    let mut letters = inner.expect("a pattern is anchored").chars().peekable();
    let choices = choices(&mut letters);
    assert!(letters.next().is_none(), "{pattern} has a bracket too many");
    let text: Vec<char> = text.chars().collect();
    ends_of_any(&choices, &text, 0).contains(&text.len())
}

fn choices(letters: &mut Peekable<Chars<'_>>) -> Vec<Sequence> {
    let mut all = vec![Vec::new()];
    while let Some(&letter) = letters.peek() {
        if letter == ')' {
            break;
        }
        letters.next();
        let atom = match letter {
            '|' => {
                all.push(Vec::new());
                continue;
            }
            '(' => {
                let group = choices(letters);
                assert_eq!(letters.next(), Some(')'));
                Atom::Group(group)
            }
            '[' => class(letters),
            '.' => Atom::Any,
            '\\' => Atom::Letter(letters.next().unwrap()),
            plain => Atom::Letter(plain),
        };
        let (least, most) = times(letters);
        all.last_mut().unwrap().push((atom, least, most));
    }
    all
}

fn class(letters: &mut Peekable<Chars<'_>>) -> Atom {
    let negated = letters.next_if_eq(&'^').is_some();
    let mut ranges = Vec::new();
    loop {
        let first = letters.next().expect("a class is closed");
        if first == ']' {
            return Atom::Class { negated, ranges };
        }
        let last = if letters.next_if_eq(&'-').is_some() {
            letters.next().unwrap()
        } else {
            first
        };
        ranges.push((first, last));
    }
}

fn times(letters: &mut Peekable<Chars<'_>>) -> (usize, usize) {
    if letters.next_if_eq(&'?').is_some() {
        return (0, 1);
    }
    if letters.next_if_eq(&'*').is_some() {
        return (0, usize::MAX);
    }
    if letters.next_if_eq(&'+').is_some() {
        return (1, usize::MAX);
    }
    if letters.next_if_eq(&'{').is_none() {
        return (1, 1);
    }
    let inside: String = letters
        .by_ref()
        .take_while(|letter| *letter != '}')
        .collect();
    let (least, most) = inside.split_once(',').unwrap_or((&inside, &inside));
    (least.parse().unwrap(), most.parse().unwrap())
}

/// Where any of the choices may end that begins there.
fn ends_of_any(choices: &[Sequence], text: &[char], at: usize) -> BTreeSet<usize> {
    let mut all = BTreeSet::new();
    for sequence in choices {
        let mut ends = BTreeSet::from([at]);
        for (atom, least, most) in sequence {
            ends = repeated(atom, *least, *most, text, &ends);
        }
        all.extend(ends);
    }
    all
}

fn repeated(
    atom: &Atom,
    least: usize,
    most: usize,
    text: &[char],
    from: &BTreeSet<usize>,
) -> BTreeSet<usize> {
    let mut ends = from.clone();
    let mut all = if least == 0 {
        ends.clone()
    } else {
        BTreeSet::new()
    };
    for times in 1..=most.min(text.len() + least) {
        ends = ends.iter().flat_map(|at| once(atom, text, *at)).collect();
        if ends.is_empty() {
            break;
        }
        if times >= least {
            all.extend(&ends);
        }
    }
    all
}

fn once(atom: &Atom, text: &[char], at: usize) -> BTreeSet<usize> {
    let fits = |letter: char| match atom {
        Atom::Any => letter != '\n',
        Atom::Letter(wanted) => letter == *wanted,
        Atom::Class { negated, ranges } => {
            let inside = ranges.iter().any(|(a, b)| (*a..=*b).contains(&letter));
            inside != *negated
        }
        Atom::Group(_) => false,
    };
    match atom {
        Atom::Group(choices) => ends_of_any(choices, text, at),
        Atom::Any | Atom::Letter(_) | Atom::Class { .. } => {
            let next = text.get(at).filter(|letter| fits(**letter));
            next.map(|_| at + 1).into_iter().collect()
        }
    }
}
