/**
 * Makes an element. Texts are only ever set as text, never as HTML, so nothing anybody says can become markup.
 * @param {string} tag
 * @param {Record<string, unknown>} [properties] of the element; `data` and `aria` hold attributes of these names
 * @param {...(Node | string | undefined | false)} children
 * @returns {HTMLElement}
 */
export function element(tag, { data = {}, aria = {}, ...properties } = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  Object.assign(made.dataset, data);
  for (const [name, value] of Object.entries(aria)) made.setAttribute(`aria-${name}`, String(value));
  made.append(...children.filter((child) => child !== undefined && child !== false));
  return made;
}

/**
 * Fills in `{name}` and the like.
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * Puts the texts into the parts of the page that name one (`data-text`: what is written, `data-label`: what is read out).
 * @param {Record<string, string>} texts
 */
export function fillPage(texts) {
  for (const part of document.querySelectorAll('[data-text]')) part.textContent = texts[part.dataset.text];
  for (const part of document.querySelectorAll('[data-label]')) {
    part.setAttribute('aria-label', texts[part.dataset.label]);
    if (part.matches('button')) part.title = texts[part.dataset.label];
  }
}
