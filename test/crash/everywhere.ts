import type { CrashWorld, Step } from './world.ts';

export interface Scenario {
  /** What happens, one after the other; some of it depends on what was said before. */
  readonly steps: readonly ((world: CrashWorld) => Step)[];
  /** The number of the first message. */
  readonly first?: number;
  /** What must hold in the end, wherever it was killed. */
  holds(world: CrashWorld): Promise<void>;
}

/**
 * Plays a scenario as often as its process has points, each time killed at another one, and once to its end. It begins each time at a
 * copy of the world as it was before the step in which that point lies: what came before is the same for all of them.
 * @param begun the world in the beginning; ended here
 * @returns how many points there were
 */
export async function killedEverywhere(begun: CrashWorld, { steps, first = 0, holds }: Scenario): Promise<number> {
  let before = begun;
  let points = 0;
  for (const [index, step] of steps.entries()) {
    for (let killAt = 1; ; killAt++) {
      const world = before.copy();
      await world.start(killAt);
      if (!(await survive(world, step, first + index))) {
        await before.end();
        before = world;
        break;
      }
      points++;
      for (const [later, each] of steps.entries()) if (later > index) await survive(world, each, first + later);
      await holds(world);
      await world.end();
    }
  }
  await holds(before);
  await before.end();
  return points;
}

/** Lets something happen, to another process when the first is killed. @returns whether it was */
async function survive(world: CrashWorld, step: (world: CrashWorld) => Step, message: number): Promise<boolean> {
  const now = step(world);
  let killed = false;
  while (await world.happen([now], message)) {
    killed = true;
    await world.start();
  }
  return killed;
}
