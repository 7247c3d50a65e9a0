// Near misses: cases that match all choices but a few. Takes the library and a request; gives groups of cases that miss the fewest
// choices, each case with the choices that it misses. The search page loads it if few cases match every choice.

/** The most cases of a group. */
const MOST = 20;
/** The most requests for a group. With more choices, later groups are left out. */
const MOST_QUESTIONS = 20;

/** The choices: the words, each filter (each of its terms, if a case must carry them all) and the years. */
export function choicesOf({ text, filters, match, years }) {
  const chosen = Object.entries(filters).flatMap(([facet, ids]) =>
    match[facet] === "all" ? ids.map((id) => ({ facet, ids: [id] })) : [{ facet, ids }],
  );
  const words = text.trim() ? [{ words: text.trim() }] : [];
  return [...words, ...chosen, ...(years.some((year) => year !== null) ? [{ years }] : [])];
}

/** A request without some of its choices. */
function without(question, lost) {
  const isLost = (facet, id) => lost.some((choice) => choice.facet === facet && choice.ids.includes(id));
  const kept = Object.entries(question.filters).map(([facet, ids]) => [facet, ids.filter((id) => !isLost(facet, id))]);
  return {
    ...question,
    text: lost.some(({ words }) => words) ? "" : question.text,
    filters: Object.fromEntries(kept.filter(([, ids]) => ids.length)),
    years: lost.some(({ years }) => years) ? [null, null] : question.years,
  };
}

/** Every combination of `count` choices. */
function combinations(choices, count, from = 0) {
  if (count === 0) return [[]];
  return choices.slice(from).flatMap((choice, n) => combinations(choices, count - 1, from + n + 1).map((rest) => [choice, ...rest]));
}

/** The first two groups of near misses that are not empty. A case is in only one. */
export async function nearMisses(library, question) {
  const choices = choicesOf(question);
  const groups = [];
  const asked = async (lost) => ({ lost, ...(await library.search({ ...without(question, lost), offset: 0, limit: MOST })) });
  const seen = new Set((await asked([])).results.map(({ url }) => url));
  for (let count = 1; count < choices.length && groups.length < 2; count++) {
    const ways = combinations(choices, count);
    if (ways.length > MOST_QUESTIONS) break;
    const answers = await Promise.all(ways.map(asked));
    const found = answers.flatMap(({ lost, results }) => results.filter(({ url }) => !seen.has(url)).map((result) => ({ result, lost })));
    for (const { result } of found) seen.add(result.url);
    if (found.length) groups.push({ matched: choices.length - count, found });
    // Include all cases, since a case that is left out here would be in a later group.
    if (answers.some(({ total }) => total > MOST)) break;
  }
  return { choices: choices.length, groups };
}
