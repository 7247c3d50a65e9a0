//! Queries to the sample library, with the cases that they must find.

use crate::{
    published::{ask, text},
    search::sample,
};

/// Queries to the sample library. The first results, up to the number, must be among these cases; without cases,
/// nothing must be found. The list was written from reading the cases.
const KNOWN: [(&str, usize, &[&str]); 79] = [
    ("joint chief executive ", 1, &["herefordshire-one-chief-executive"]),
    ("shared chief executive primary care trust ", 1, &["herefordshire-one-chief-executive"]),
    ("one chief executive PCT ", 1, &["herefordshire-one-chief-executive"]),
    ("PCT ", 3, &["herefordshire-one-chief-executive", "croydon-total-place", "leicestershire-drugs-and-alcohol"]),
    (
        "primary care trust ",
        3,
        &["herefordshire-one-chief-executive", "croydon-total-place", "leicestershire-drugs-and-alcohol"],
    ),
    ("strategic health authority ", 1, &["herefordshire-one-chief-executive"]),
    (
        "integrated health and social care ICB ",
        2,
        &[
            "torbay-care-trust",
            "plymouth-one-system-one-budget",
            "greater-manchester-health-devolution",
            "highland-lead-agency",
            "lambeth-alliance",
        ],
    ),
    (
        "integrated care system ",
        2,
        &["greater-manchester-health-devolution", "plymouth-one-system-one-budget", "torbay-care-trust"],
    ),
    ("clinical commissioning group pooled fund ", 1, &["plymouth-one-system-one-budget"]),
    ("section 75 ", 3, &["plymouth-one-system-one-budget", "torbay-care-trust", "lambeth-alliance"]),
    ("pooled budgets ", 2, &["plymouth-one-system-one-budget", "lambeth-alliance"]),
    ("health and social care trust torbay ", 1, &["torbay-care-trust"]),
    ("helth trust torbay ", 1, &["torbay-care-trust"]),
    ("mrs smith torbay ", 1, &["torbay-care-trust"]),
    ("swap adult care and children's services ", 1, &["highland-lead-agency"]),
    ("\"lead agency\"", 1, &["highland-lead-agency"]),
    ("mental health charities contract ", 1, &["lambeth-alliance"]),
    ("alliance contracting ", 1, &["lambeth-alliance"]),
    ("loneliness ", 1, &["frome-compassionate-community"]),
    ("GP surgery town council ", 1, &["frome-compassionate-community"]),
    ("parish council ", 1, &["frome-compassionate-community"]),
    ("older people neighborhood networks ", 1, &["leeds-neighbourhood-networks"]),
    ("voluntary sector grants for older residents ", 1, &["leeds-neighbourhood-networks"]),
    ("marmot", 1, &["coventry-marmot-city"]),
    ("fire servce marmot ", 1, &["coventry-marmot-city"]),
    ("health inequalities ", 1, &["coventry-marmot-city"]),
    ("life expectancy ", 3, &["coventry-marmot-city", "wigan-deal", "greater-manchester-health-devolution"]),
    (
        "fire brigade ",
        5,
        &[
            "coventry-marmot-city",
            "hampshire-shared-back-office",
            "leicestershire-drugs-and-alcohol",
            "devon-safeguarding-hub",
            "gwent-public-services-board",
        ],
    ),
    (
        "fire authority ",
        5,
        &[
            "leicestershire-drugs-and-alcohol",
            "hampshire-shared-back-office",
            "coventry-marmot-city",
            "gwent-public-services-board",
            "devon-safeguarding-hub",
        ],
    ),
    ("gang violence ", 1, &["glasgow-gangs-to-court"]),
    ("CIRV ", 1, &["glasgow-gangs-to-court"]),
    ("VRU ", 1, &["glasgow-gangs-to-court"]),
    ("knife crime gangs ", 1, &["glasgow-gangs-to-court"]),
    ("violence emergency hospital data ", 1, &["cardiff-violence-prevention"]),
    ("preventing assaults ", 1, &["cardiff-violence-prevention"]),
    ("MASH ", 1, &["devon-safeguarding-hub"]),
    ("safegaurding hub ", 1, &["devon-safeguarding-hub"]),
    ("probation ", 3, &["devon-safeguarding-hub", "leicestershire-drugs-and-alcohol", "gwent-public-services-board"]),
    (
        "youth offending team ",
        4,
        &[
            "devon-safeguarding-hub",
            "glasgow-gangs-to-court",
            "gwent-public-services-board",
            "leicestershire-drugs-and-alcohol",
        ],
    ),
    ("serious case review ", 1, &["oxfordshire-specialist-team"]),
    ("kingfisher ", 1, &["oxfordshire-specialist-team"]),
    ("childrens trust doncaster ", 1, &["doncaster-childrens-trust"]),
    ("ofsted inadequate ", 1, &["doncaster-childrens-trust"]),
    ("Total Place ", 2, &["croydon-total-place", "leicestershire-drugs-and-alcohol"]),
    ("LSP ", 1, &["croydon-total-place"]),
    ("community budgets whole place ", 1, &["west-cheshire-whole-place"]),
    ("drug action team ", 1, &["leicestershire-drugs-and-alcohol"]),
    ("local area agreement dorset ", 1, &["bournemouth-dorset-poole-multi-area-agreement"]),
    ("MAA ", 1, &["bournemouth-dorset-poole-multi-area-agreement"]),
    ("local enterprise partnership ", 1, &["bournemouth-dorset-poole-multi-area-agreement"]),
    ("flooding hull ", 1, &["hull-living-with-water"]),
    ("flood defences ", 1, &["hull-living-with-water"]),
    ("broadband ", 1, &["superfast-cornwall"]),
    ("superfast cornwal ", 1, &["superfast-cornwall"]),
    ("olympics east london ", 1, &["olympic-boroughs-convergence"]),
    ("regeneration stratford ", 1, &["olympic-boroughs-convergence"]),
    ("anchor institutions procurement ", 1, &["preston-anchor-institutions"]),
    ("community wealth building ", 1, &["preston-anchor-institutions"]),
    ("living wage ", 1, &["preston-anchor-institutions"]),
    ("gateway kent one stop ", 1, &["kent-gateways"]),
    ("one stop shops ", 1, &["kent-gateways"]),
    ("trading standards ", 1, &["worcestershire-regulatory-services"]),
    ("regulating ", 1, &["worcestershire-regulatory-services"]),
    ("joint committee of district councils ", 2, &["worcestershire-regulatory-services", "adur-and-worthing"]),
    ("two district councils sharing officers ", 1, &["adur-and-worthing"]),
    ("outsourcing to a private supplier ", 1, &["southwest-one"]),
    ("IBM ", 1, &["southwest-one"]),
    ("shared back office police and fire ", 1, &["hampshire-shared-back-office"]),
    ("sovereignty guarantee ", 1, &["tri-borough"]),
    ("west london boroughs sharing ", 1, &["tri-borough"]),
    ("scottish councils share education ", 1, &["stirling-and-clackmannanshire"]),
    ("combined authority transport north east ", 1, &["north-east-combined-authority"]),
    ("devolution deals ", 2, &["north-east-combined-authority", "greater-manchester-health-devolution"]),
    (
        "elected mayor ",
        4,
        &[
            "doncaster-childrens-trust",
            "greater-manchester-health-devolution",
            "torbay-care-trust",
            "north-east-combined-authority",
        ],
    ),
    ("PSB ", 2, &["gwent-public-services-board", "leicestershire-drugs-and-alcohol"]),
    ("wellbeing of future generations act ", 1, &["gwent-public-services-board"]),
    (
        "county councils ",
        4,
        &[
            "kent-gateways",
            "hampshire-shared-back-office",
            "oxfordshire-specialist-team",
            "worcestershire-regulatory-services",
            "southwest-one",
            "leicestershire-drugs-and-alcohol",
            "devon-safeguarding-hub",
            "bournemouth-dorset-poole-multi-area-agreement",
        ],
    ),
    ("austerity savings residents ", 1, &["wigan-deal"]),
    ("bin collection ", 0, &[]),
];

#[test]
fn the_sample_library_is_found_by_words_of_today_and_of_the_past() {
    let answers = ask(&sample(), &KNOWN.map(|(asked, _, _)| text(asked)));
    let mut missed = Vec::new();
    for ((asked, first, slugs), answer) in KNOWN.iter().zip(&answers) {
        let found: Vec<&str> = answer.slugs().into_iter().take((*first).max(1)).collect();
        if found.len() < *first || !found.iter().all(|slug| slugs.contains(slug)) {
            missed.push(format!("{asked:?}: {found:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
