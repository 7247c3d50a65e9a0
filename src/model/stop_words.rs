//! Stop words: words that carry grammar and not meaning.
//!
//! A search ignores them and does not mark them in excerpts, and two cases are not related because they share some. The
//! list is English. A library in another language has none, and its common words weigh little because nearly all cases
//! have them.

/// English stop words, in the form of the index.
const ENGLISH: &str = "a about above after again against all also although always am an and any are arent as at be \
    because been before being below between both but by can cannot cant could couldnt did didnt do does doesnt doing \
    dont down during each either else even ever every few for from further get gets getting give go goes going got had \
    hadnt has hasnt have havent having he her here hers herself him himself his how however i id if ill im in into is isnt \
    it its itself ive just let lets like made make makes making many may me might more most much must my myself near never no nor not \
    now of off often on once only onto or other others ought our ours ourselves out over own per perhaps please put quite \
    rather really said same say says shall she should shouldnt since so some such than that thats the their theirs \
    them themselves then there theres these they theyre theyve this those though through thus to too under until up upon \
    us very via was wasnt we went were werent weve what whats when where whether which while who whom whose why will \
    with within without wont would wouldnt yes yet you youd youll your youre yours yourself yourselves youve";

/// The stop words of a language.
pub fn stop_words(language: &str) -> Vec<&'static str> {
    let is_english = language.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case("en"));
    if is_english { ENGLISH.split_whitespace().collect() } else { Vec::new() }
}
