//! A shard of the lexicon: a range of forms with their postings; or a range of prefixes that many forms share.
//!
//! A file: the length of the forms' text (varint), the forms front-coded; for each form its group (varint: 0 for none,
//! otherwise a number that the forms of one word share within the file), the number of cases and of other documents
//! with it (varints), and the length of its block (varint); the number of members of groups that are in other files
//! (varint), each as the number of the group (varint), the length (varint) and the text of the form; the blocks.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    model::ids::{Id, IdVec},
    search::{
        bits::varint,
        format::front_coded,
        lexicon::{FormId, GroupId, Lexicon},
        postings::LexiconEntry,
        prefixes::Prefix,
    },
};

/// A form in a file: its text, its group, the number of cases and other documents, its block.
type Record<'a> = (&'a str, usize, [usize; 2], &'a [u8]);

/// Encodes the file of a range of forms.
pub fn file(lexicon: &Lexicon, entries: &IdVec<FormId, LexiconEntry>, range: Range<FormId>) -> Vec<u8> {
    let mut groups: BTreeMap<GroupId, usize> = BTreeMap::new();
    let mut far = Vec::new();
    let mut group = |form: FormId| {
        let members = &lexicon.members[lexicon.group[form]];
        if members.len() == 1 {
            return 0;
        }
        let next = groups.len() + 1;
        let number = *groups.entry(lexicon.group[form]).or_insert(next);
        if number == next {
            let others = members.iter().filter(|member| !range.contains(member));
            far.extend(others.map(|&member| (number, &*lexicon.forms[member])));
        }
        number
    };
    let record = |form: FormId| {
        let LexiconEntry { cases, others, postings, .. } = &entries[form];
        (&*lexicon.forms[form], group(form), [*cases, *others], postings.as_slice())
    };
    let records: Vec<Record<'_>> = FormId::each(range.clone()).map(record).collect();
    written(&records, &far)
}

/// Encodes the file of some prefixes. Each is stored like a form.
pub fn of_prefixes(prefixes: &[Prefix]) -> Vec<u8> {
    let records = prefixes
        .iter()
        .map(|Prefix { text, cases, others, postings }| (&**text, 0, [*cases, *others], postings.as_slice()));
    written(&records.collect::<Vec<Record<'_>>>(), &[])
}

fn written(records: &[Record<'_>], far: &[(usize, &str)]) -> Vec<u8> {
    let text = front_coded(records.iter().map(|(form, ..)| *form));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    for (_, group, [cases, others], block) in records {
        [*group, *cases, *others, block.len()].into_iter().for_each(|number| varint(&mut file, number));
    }
    varint(&mut file, far.len());
    for (group, form) in far {
        varint(&mut file, *group);
        varint(&mut file, form.len());
        file.extend(form.bytes());
    }
    records.iter().for_each(|(.., block)| file.extend(*block));
    file
}
