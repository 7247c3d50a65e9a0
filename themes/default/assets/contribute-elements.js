// Elements of the page, and its words with their numbers filled in.

export const make = (tag, having = {}, ...inner) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(having)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && !name.includes("-")) made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...inner.filter((one) => one !== undefined && one !== null && one !== false));
  return made;
};

export const filled = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
export const plural = (words, count, values) => filled(count === 1 ? words.one : words.other, { count, ...values });
