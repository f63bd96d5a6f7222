/** So near to the end counts as being there. */
const NEAR = 80;

/**
 * Keeps the end of a log in sight while it grows, unless one has scrolled up to read; then a button leads to what is new.
 * @param {HTMLElement} log
 * @param {HTMLButtonElement} newer
 */
export function scroller(log, newer) {
  let atEnd = true;
  let top = 0;
  const toEnd = () => {
    log.scrollTop = log.scrollHeight;
    atEnd = true;
    newer.hidden = true;
  };
  const stay = () => atEnd && toEnd();

  log.addEventListener(
    'scroll',
    () => {
      // Only who moves up leaves the end; a log that has grown meanwhile has not moved.
      if (log.scrollHeight - log.scrollTop - log.clientHeight < NEAR) atEnd = true;
      else if (log.scrollTop < top) atEnd = false;
      top = log.scrollTop;
      if (atEnd) newer.hidden = true;
    },
    { passive: true },
  );
  // Pictures take their room only when they have come; the keyboard of a phone takes it away.
  log.addEventListener('load', stay, true);
  new ResizeObserver(stay).observe(log);
  newer.addEventListener('click', toEnd);

  return {
    toEnd,
    /** Lets the log change. @param {() => void} change @param {boolean} [own] one's own words are always shown */
    keep(change, own = false) {
      const follow = atEnd || own;
      change();
      if (follow) toEnd();
      else newer.hidden = false;
    },
  };
}
