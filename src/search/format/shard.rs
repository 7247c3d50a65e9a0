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

/// A form in a file.
struct Record<'a> {
    form: &'a str,
    /// A number that the forms of one word share within the file; 0 if there are no others.
    group: usize,
    cases: usize,
    others: usize,
    /// Its postings, encoded.
    block: &'a [u8],
}

/// A form in another file, with the group in this file that it belongs to.
struct FarMember<'a> {
    group: usize,
    form: &'a str,
}

/// Encodes the file of a range of forms.
pub fn file(lexicon: &Lexicon, entries: &IdVec<FormId, LexiconEntry>, range: Range<FormId>) -> Vec<u8> {
    let mut groups: BTreeMap<GroupId, usize> = BTreeMap::new();
    let mut far = Vec::new();
    let mut group_of = |form: FormId| {
        let members = &lexicon.members[lexicon.group[form]];
        if members.len() == 1 {
            return 0;
        }
        let next = groups.len() + 1;
        let group = *groups.entry(lexicon.group[form]).or_insert(next);
        if group == next {
            let others = members.iter().filter(|member| !range.contains(member));
            far.extend(others.map(|&member| FarMember { group, form: &lexicon.forms[member] }));
        }
        group
    };
    let record = |form: FormId| {
        let LexiconEntry { cases, others, ref postings, .. } = entries[form];
        Record { form: &lexicon.forms[form], group: group_of(form), cases, others, block: postings }
    };
    let records: Vec<Record<'_>> = FormId::each(range.clone()).map(record).collect();
    written(&records, &far)
}

/// Encodes the file of some prefixes. Each is stored like a form.
pub fn of_prefixes(prefixes: &[Prefix]) -> Vec<u8> {
    let record = |prefix| {
        let &Prefix { ref text, cases, others, ref postings } = prefix;
        Record { form: text, group: 0, cases, others, block: postings }
    };
    written(&prefixes.iter().map(record).collect::<Vec<_>>(), &[])
}

fn written(records: &[Record<'_>], far: &[FarMember<'_>]) -> Vec<u8> {
    let text = front_coded(records.iter().map(|record| record.form));
    let mut file = Vec::new();
    varint(&mut file, text.len());
    file.extend(text.bytes());
    for Record { group, cases, others, block, .. } in records {
        [*group, *cases, *others, block.len()].into_iter().for_each(|number| varint(&mut file, number));
    }
    varint(&mut file, far.len());
    for FarMember { group, form } in far {
        varint(&mut file, *group);
        varint(&mut file, form.len());
        file.extend(form.bytes());
    }
    records.iter().for_each(|record| file.extend(record.block));
    file
}
