import { createRequire, syncBuiltinESMExports } from 'node:module';
import type timers from 'node:timers';
import type timersPromises from 'node:timers/promises';
import { promisify } from 'node:util';
import { at, type Rate } from '../web-wechat/clock.ts';

const require = createRequire(import.meta.url);

/** Makes the process live faster: its timers end sooner, and its dates are those of the fast clock. Waits keep their proportions. */
export function quicken(rate: Rate): void {
  quickenTimers(rate.factor);
  quickenDates(rate);
  syncBuiltinESMExports();
}

// biome-ignore lint/suspicious/noExplicitAny: the callbacks of timers take anything
type Any = any;

function quickenTimers(factor: number): void {
  const shorter = (ms?: number) => (ms === undefined ? ms : ms / factor);
  const own = require('node:timers') as typeof timers;
  const promises = require('node:timers/promises') as typeof timersPromises;
  const { setTimeout, setInterval } = own;
  const { setTimeout: wait, setInterval: repeat, scheduler } = promises;
  const waitShorter = (ms?: number, ...rest: Any[]) => wait(shorter(ms), ...rest);
  const fast = {
    setTimeout: Object.assign((work: Any, ms?: number, ...rest: Any[]) => setTimeout(work, shorter(ms), ...rest), {
      [promisify.custom]: waitShorter,
    }),
    setInterval: (work: Any, ms?: number, ...rest: Any[]) => setInterval(work, shorter(ms), ...rest),
  };
  Object.assign(globalThis, fast);
  Object.assign(own, fast);
  Object.assign(promises, {
    setTimeout: waitShorter,
    setInterval: (ms?: number, ...rest: Any[]) => repeat(shorter(ms), ...rest),
  });
  scheduler.wait = waitShorter as typeof scheduler.wait;
}

function quickenDates(rate: Rate): void {
  const Wall = Date;
  const now = () => at(rate, Wall.now());
  globalThis.Date = new Proxy(Wall, {
    construct: (target, given, newTarget) => Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget),
    apply: () => new Wall(now()).toString(),
    get: (target, key, receiver) => (key === 'now' ? now : Reflect.get(target, key, receiver)),
  });
  const measured = performance.now.bind(performance);
  performance.now = () => measured() * rate.factor;
}
