import { clockTime } from './time.js';

/**
 * Shows the simulated time, which runs on by itself, and moves it.
 * @param {{now: string, texts: any, move: (to: {by?: string, to?: string}) => Promise<void>, minute: () => void}} on
 *   `minute`: another minute has begun
 */
export function clock({ now, texts, move, minute }) {
  const face = document.getElementById('clock-now');
  const label = document.getElementById('clock-label');
  const buttons = [...document.querySelectorAll('.clock-moves button')];
  let base = 0;
  let since = 0;

  const current = () => new Date(base + performance.now() - since);
  const show = () => {
    const text = clockTime(current());
    if (face.textContent === text) return;
    face.textContent = text;
    face.dateTime = current().toISOString();
    minute();
  };
  const set = (time) => {
    base = Date.parse(time);
    since = performance.now();
    show();
  };

  for (const button of buttons) {
    button.addEventListener('click', async () => {
      for (const one of buttons) one.disabled = true;
      label.textContent = texts.clockMoving;
      await move({ ...(button.dataset.by && { by: button.dataset.by }), ...(button.dataset.to && { to: button.dataset.to }) });
      label.textContent = texts.clock;
      for (const one of buttons) one.disabled = false;
      button.focus();
    });
  }

  set(now);
  setInterval(show, 1000);
  return { now: current, set };
}
